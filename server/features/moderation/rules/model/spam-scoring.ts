import { type HashedModel, logOddsOf, probabilityOf } from './hashed-model.ts';
import { spamFeatures } from './spam-features.ts';

/**
 * Two questions of one text: is it spam among comments, and is it spam among ordinary talk, which is full of links, pleas for
 * help and "check this". One model of both was tried: it forgets half of the one to learn the other. A text has to be spam to
 * both, and whoever asks for something (a subscription, a visit, a vote) needs less of it.
 */
export interface SpamScoring {
  /** 0 to 1; `spamFrom` is where the two models together stop saying no. */
  scoreOf(features: readonly string[]): number;
  /** The features that spoke most for it. */
  because(features: readonly string[]): string[];
}

/** Rule sets are stored with their thresholds, so the score is on the scale that these were chosen on. */
export const spamFrom = 0.33;

const needed = {
  plain: { comments: logOddsOf(0.3), talk: logOddsOf(0.6) },
  asking: { comments: logOddsOf(0.1), talk: logOddsOf(0.2) },
};

export function spamScoring(comments: HashedModel, talk: HashedModel): SpamScoring {
  return {
    scoreOf(features) {
      const { comments: least, talk: leastOfTalk } = features.includes('p:any') ? needed.asking : needed.plain;
      const above = Math.min(comments.logOdds(features) - least, talk.logOdds(features) - leastOfTalk);
      return probabilityOf(above + logOddsOf(spamFrom));
    },
    because: (features) => comments.strongest(features, 5).map((name) => name.slice(name.indexOf(':') + 1)),
  };
}

export const spamScoreOf = (model: SpamScoring, text: string): number => model.scoreOf(spamFeatures(text));
