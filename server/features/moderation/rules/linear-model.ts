import { dimensions, type Features } from './features.ts';

/** Logistic regression over hashed features, its weights as bytes: -127..127 times `scale`, in base64. */
export interface StoredModel {
  scale: number;
  bias: number;
  weights: string;
}

export interface LinearModel {
  /** From 0 to 1. */
  score(features: Features): number;
}

export function modelOf({ scale, bias, weights }: StoredModel): LinearModel {
  const bytes = new Int8Array(Buffer.from(weights, 'base64'));
  if (bytes.length !== dimensions) throw new Error(`a model of ${bytes.length} weights, not ${dimensions}`);
  return {
    score(features) {
      let sum = bias;
      for (const [index, value] of features) sum += (bytes[index] ?? 0) * scale * value;
      return 1 / (1 + Math.exp(-sum));
    },
  };
}
