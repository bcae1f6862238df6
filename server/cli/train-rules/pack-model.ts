import { bucketOf, type PackedModel } from '../../features/moderation/rules/model/hashed-model.ts';
import type { TrainedModel } from './logistic-regression.ts';

/** Hashes and rounds a model to bytes. Weights that meet in a bucket: the larger one keeps it. */
export function packModel({ bias, weights }: TrainedModel, buckets: number): PackedModel {
  const values = new Float64Array(buckets);
  for (const [feature, weight] of weights) {
    const bucket = bucketOf(feature, buckets);
    if (Math.abs(weight) > Math.abs(values[bucket] ?? 0)) values[bucket] = weight;
  }
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest / 127;
  const bytes = Int8Array.from(values, (value) => Math.round(value / scale));
  return { buckets, bias, scale, weights: Buffer.from(bytes.buffer).toString('base64') };
}
