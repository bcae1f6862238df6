/**
 * Logistic regression over hashed features (Weinberger et al., "Feature hashing for large scale multitask learning", 2009):
 * a feature is a string, its weight stands in the bucket of its hash.
 */
export interface PackedModel {
  buckets: number;
  bias: number;
  /** A weight is its signed byte times this. */
  scale: number;
  /** `buckets` signed bytes in base64. */
  weights: string;
}

export interface HashedModel {
  /** The logarithm of the odds of the class. A feature is meant to be named once, however often it stands in the text. */
  logOdds(features: readonly string[]): number;
  /** The features that spoke most for the class, for evidence. */
  strongest(features: readonly string[], most: number): string[];
}

export function unpackModel({ buckets, bias, scale, weights }: PackedModel): HashedModel {
  const bytes = Buffer.from(weights, 'base64');
  if (bytes.length !== buckets) throw new Error('a model of another size than it says');
  const values = Float32Array.from(new Int8Array(bytes), (byte) => byte * scale);
  const weightOf = (feature: string) => values[bucketOf(feature, buckets)] ?? 0;
  return {
    logOdds: (features) => features.reduce((sum, feature) => sum + weightOf(feature), bias),
    strongest(features, most) {
      return features
        .map((feature) => ({ feature, weight: weightOf(feature) }))
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight)
        .slice(0, most)
        .map(({ feature }) => feature);
    },
  };
}

/** From log odds to 0..1, and back. */
export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
export const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability));

/** FNV-1a over UTF-16 units. `buckets` is a power of two. */
export function bucketOf(feature: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) {
    hash ^= feature.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) & (buckets - 1);
}
