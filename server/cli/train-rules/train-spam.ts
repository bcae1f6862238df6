import { unpackModel } from '../../features/moderation/rules/model/hashed-model.ts';
import { type SpamScoring, spamScoring } from '../../features/moderation/rules/model/spam-scoring.ts';
import { trainLogisticRegression } from './logistic-regression.ts';
import { packModel } from './pack-model.ts';

/** A text's features, where it was written, and what it counts. */
export interface SpamExample {
  features: string[];
  source: string;
  positive: boolean;
  weight: number;
}

const buckets = 16_384;

export function trainSpam(comments: SpamExample[], talk: SpamExample[]) {
  const positives = comments.filter(({ positive }) => positive);
  return {
    spamAmongComments: train(comments, { penalty: 0.02, epochs: 30 }),
    spamAmongTalk: train([...positives, ...talk], { penalty: 0.006, epochs: 16 }),
  };
}

export const scoringOf = ({ spamAmongComments, spamAmongTalk }: ReturnType<typeof trainSpam>): SpamScoring =>
  spamScoring(unpackModel(spamAmongComments), unpackModel(spamAmongTalk));

/** What stands in one source only is about that source: names, lyrics, how many views a video has. */
function train(examples: SpamExample[], options: { penalty: number; epochs: number }) {
  const sources = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const { features, source } of examples) {
    for (const feature of features) {
      sources.set(feature, (sources.get(feature) ?? new Set()).add(source));
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
  const isCommon = (feature: string) => (sources.get(feature)?.size ?? 0) > 1 && (counts.get(feature) ?? 0) > 2;
  const common = examples.map(({ features, ...rest }) => ({ ...rest, features: features.filter(isCommon) }));
  return packModel(trainLogisticRegression(common, options), buckets);
}
