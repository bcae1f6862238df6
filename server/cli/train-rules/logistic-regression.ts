/**
 * L2-regularised logistic regression over sparse binary features, by AdaGrad over a fixed order: the same data gives the
 * same weights. Classes are weighted so that both count alike, whatever their shares.
 */
export interface Example {
  features: string[];
  positive: boolean;
  weight?: number;
}

export interface TrainedModel {
  bias: number;
  weights: Map<string, number>;
}

export interface TrainingOptions {
  /** Strength of the L2 penalty for each example seen. */
  penalty: number;
  epochs: number;
  rate?: number;
}

export function trainLogisticRegression(examples: Example[], options: TrainingOptions): TrainedModel {
  const { penalty, epochs, rate = 0.3 } = options;
  const ids = new Map<string, number>();
  const rows = examples.map(({ features, positive, weight = 1 }) => ({
    ids: Int32Array.from(new Set(features), (feature) => idOf(ids, feature)),
    target: positive ? 1 : 0,
    weight,
  }));
  const weights = new Float64Array(ids.size);
  const squares = new Float64Array(ids.size).fill(1e-2);
  const positives = sum(rows.filter(({ target }) => target === 1));
  const balance = [0.5 / (1 - positives / sum(rows)), 0.5 / (positives / sum(rows))];
  let bias = 0;
  const random = randomFrom(7);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(rows, random);
    for (const { ids: present, target, weight } of rows) {
      let score = bias;
      for (const id of present) score += weights[id] ?? 0;
      const error = (1 / (1 + Math.exp(-score)) - target) * weight * (balance[target] ?? 1);
      bias -= 0.02 * error;
      for (const id of present) {
        const gradient = error + penalty * (weights[id] ?? 0);
        squares[id] = (squares[id] ?? 0) + gradient * gradient;
        weights[id] = (weights[id] ?? 0) - (rate * gradient) / Math.sqrt(squares[id] ?? 1);
      }
    }
  }
  return { bias, weights: new Map(Array.from(ids, ([feature, id]) => [feature, weights[id] ?? 0])) };
}

function idOf(ids: Map<string, number>, feature: string): number {
  const known = ids.get(feature);
  if (known !== undefined) return known;
  ids.set(feature, ids.size);
  return ids.size - 1;
}

const sum = (rows: { weight: number }[]) => rows.reduce((total, { weight }) => total + weight, 0);

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
}
