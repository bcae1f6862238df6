/** Trains the models that the rules use. Deterministic: the same examples in the same order give the same weights. */
import { dimensions, type Features } from './features.ts';
import type { StoredModel } from './linear-model.ts';

export interface Example {
  features: Features;
  positive: boolean;
}

interface TrainingOptions {
  epochs?: number;
  /** Keeps weights small. */
  l2?: number;
  rate?: number;
}

/** Logistic regression by AdaGrad, one example at a time in an order shuffled by a fixed seed. */
export function train(examples: Example[], { epochs = 60, l2 = 2e-4, rate = 0.3 }: TrainingOptions = {}): StoredModel {
  const weights = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions).fill(1e-3);
  let bias = 0;
  let biasSquares = 1e-3;
  const order = examples.map((_, place) => place);
  const random = randomFrom(7);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const place of order) {
      const { features, positive } = examples[place] as Example;
      let sum = bias;
      for (const [index, value] of features) sum += (weights[index] as number) * value;
      const error = 1 / (1 + Math.exp(-sum)) - Number(positive);
      for (const [index, value] of features) {
        const gradient = error * value + l2 * (weights[index] as number);
        squares[index] = (squares[index] as number) + gradient * gradient;
        weights[index] = (weights[index] as number) - (rate * gradient) / Math.sqrt(squares[index] as number);
      }
      biasSquares += error * error;
      bias -= (0.05 * error) / Math.sqrt(biasSquares);
    }
  }
  return stored(weights, bias);
}

function stored(weights: Float64Array, bias: number): StoredModel {
  const scale = Math.max(...weights.map(Math.abs)) / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  return {
    scale: Number(scale.toFixed(6)),
    bias: Number(bias.toFixed(6)),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
}

/** A linear congruential generator, so that training needs no chance. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
