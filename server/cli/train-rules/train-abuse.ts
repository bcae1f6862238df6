import { abuseFeatures } from '../../features/moderation/rules/model/abuse-features.ts';
import type { JudgedTweet } from './abuse-data.ts';
import { trainLogisticRegression } from './logistic-regression.ts';
import { packModel } from './pack-model.ts';

const rarest = 8;
const buckets = 16_384;

/** Is it offensive or worse; words that stand in few tweets are left out. */
export function trainAbuse(tweets: JudgedTweet[]) {
  const rows = tweets.map(({ text, label }) => ({ features: abuseFeatures(text), positive: label !== 'neither' }));
  const counts = new Map<string, number>();
  for (const { features } of rows) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const common = rows.map(({ features, positive }) => ({
    features: features.filter((feature) => (counts.get(feature) ?? 0) >= rarest),
    positive,
  }));
  return packModel(trainLogisticRegression(common, { penalty: 0.01, epochs: 8, rate: 0.1 }), buckets);
}
