import { defaultRules } from '../../features/moderation/rules/default-rules.ts';
import { abuseFeatures } from '../../features/moderation/rules/model/abuse-features.ts';
import { probabilityOf, unpackModel } from '../../features/moderation/rules/model/hashed-model.ts';
import type { JudgedTweet } from './abuse-data.ts';
import { type Figures, figuresOf } from './measure.ts';
import { trainAbuse } from './train-abuse.ts';

const folds = 5;

/** Five folds over distinct tweets, at the threshold of the default rules. */
export function validateAbuse(tweets: JudgedTweet[]): Figures[] {
  return Array.from({ length: folds }, (_, fold) => {
    const model = unpackModel(trainAbuse(tweets.filter((_, at) => at % folds !== fold)));
    return figuresOf(
      tweets
        .filter((_, at) => at % folds === fold)
        .map(({ text, label }) => ({
          positive: label !== 'neither',
          caught: probabilityOf(model.logOdds(abuseFeatures(text))) >= defaultRules.rules.abuse.score,
        })),
    );
  });
}
