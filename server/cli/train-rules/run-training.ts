import { writeFileSync } from 'node:fs';
import { spamFeatures } from '../../features/moderation/rules/model/spam-features.ts';
import { modelsFile, type StoredModels } from '../../features/moderation/rules/model/stored-models.ts';
import { readAbuse } from './abuse-data.ts';
import { deduplicate } from './deduplicate.ts';
import { type OrdinaryTexts, readOrdinary } from './ordinary-data.ts';
import { readSpam } from './spam-data.ts';
import { trainAbuse } from './train-abuse.ts';
import { type SpamExample, scoringOf, trainSpam } from './train-spam.ts';
import { validateAbuse } from './validate-abuse.ts';
import { heldShares, validateSpam } from './validate-spam.ts';

/** What ordinary talk counts beside some 350 distinct comments of a video. */
const talkWeight = 250;

/** Validates, and with `write` trains on everything and writes the weights. The same data gives the same file. */
export async function runTraining(folder: string, write: boolean) {
  const comments = readSpam(folder);
  const ordinary = readOrdinary(folder);
  const tweets = distinctTweets(readAbuse(folder));
  const examples = deduplicate(comments).map(
    ({ text, video, positive }): SpamExample => ({ features: spamFeatures(text), source: video, positive, weight: 1 }),
  );
  const talk = talkExamples(ordinary);
  const spam = await validateSpam(comments, ordinary, (video) =>
    scoringOf(
      trainSpam(
        examples.filter(({ source }) => source !== video),
        talk,
      ),
    ),
  );
  if (write) {
    const models: StoredModels = { ...trainSpam(examples, talk), abuse: trainAbuse(tweets) };
    writeFileSync(modelsFile, `${JSON.stringify(models, null, 2)}\n`);
  }
  return { spam, abuse: validateAbuse(tweets), shipped: await heldShares(ordinary.measured) };
}

function talkExamples({ learnt }: OrdinaryTexts): SpamExample[] {
  return Object.entries(learnt).flatMap(([source, texts]) =>
    texts.map((text) => ({ features: spamFeatures(text), source, positive: false, weight: talkWeight / texts.length })),
  );
}

/** The same words once, whoever they were sent to. Comparing 24,000 tweets with each other for nearness is not worth it. */
function distinctTweets<T extends { text: string }>(tweets: T[]): T[] {
  const keys = new Set<string>();
  return tweets.filter(({ text }) => {
    const key = text.replace(/@user|\brt\b|&[#a-z0-9]+;|[^\p{L}]/giu, '').toLowerCase();
    return keys.size < keys.add(key).size;
  });
}
