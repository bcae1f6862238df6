import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { defaultRules } from '../features/moderation/rules/default-rules.ts';
import { type Quality, qualityOf } from '../features/moderation/rules/evaluation.ts';
import { abuseFeatures, spamFeatures } from '../features/moderation/rules/features.ts';
import type { Outcome, Submission } from '../features/moderation/rules/judgement.ts';
import { modelOf } from '../features/moderation/rules/linear-model.ts';
import { spamOf } from '../features/moderation/rules/models.ts';
import { read } from '../features/moderation/rules/reading.ts';
import { inputOf } from '../features/moderation/rules/rule.ts';
import { type Example, train } from '../features/moderation/rules/training.ts';

interface Labelled {
  text: string;
  positive: boolean;
}

const abuseThreshold = 0.97;
const options = { epochs: 40, l2: 5e-4 };
const ordinaryTexts = 100;

/** `train-rules`: makes the models of the rules from labelled texts, and says how well they do on texts they have not seen. */
export function trainRulesCommand(): Command {
  return new Command('train-rules')
    .description(
      'train the models of the moderation rules: spam on the folder youtube-spam (JSON lines {text, spam}), with ordinary ' +
        'texts from stackexchange and irc-ubuntu beside it, abuse on abuse/labeled_data.csv; each video is left out in turn',
    )
    .requiredOption('--data <folder>', 'where those folders are')
    .option('--write', 'replace the models that the server uses')
    .option('--json', 'answer with JSON')
    .action(trainRules);
}

function trainRules({ data, write, json }: { data: string; write?: true; json?: true }): void {
  const videos = ['Youtube01-Psy', 'Youtube02-KatyPerry', 'Youtube03-LMFAO'].map((name) => ({
    name,
    texts: lines(path.join(data, 'youtube-spam', `${name}.jsonl`)).map(({ text, spam }) => ({
      text: String(text),
      positive: spam === 1,
    })),
  }));
  const ordinary = [
    ...everyNth(
      lines(path.join(data, 'stackexchange/items.jsonl')).map(({ html }) => String(html ?? '')),
      ordinaryTexts,
    ),
    ...everyNth(
      lines(path.join(data, 'irc-ubuntu/dev.jsonl')).map(({ text }) => String(text ?? '')),
      ordinaryTexts,
    ),
  ].map((text): Labelled => ({ text, positive: false }));
  const tweets = readTweets(path.join(data, 'abuse/labeled_data.csv'));

  const spam = leaveOneOut(videos, ordinary);
  const abuse = abuseFold(tweets);
  const report = { spam, abuseThreshold, abuse };
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
  if (!write) return;
  const folder = new URL('../features/moderation/rules/', import.meta.url);
  const all = [...videos.flatMap(({ texts }) => texts), ...ordinary];
  writeFileSync(new URL('spam-model.json', folder), `${JSON.stringify(train(all.map(asSpam), options))}\n`);
  writeFileSync(new URL('abuse-model.json', folder), `${JSON.stringify(train(tweets.map(asAbuse), abuseOptions))}\n`);
}

const abuseOptions = { epochs: 6, l2: 1e-4 };
const asSpam = ({ text, positive }: Labelled): Example => ({ features: spamFeatures(text), positive });
const asAbuse = ({ text, positive }: Labelled): Example => ({ features: abuseFeatures(text), positive });
const lettersOf = (text: string) => read(text).text.replace(/[^\p{L}\p{N}]/gu, '');

/** `caught` is whatever is flagged or held; `held` waits for a moderator. */
interface SpamQuality {
  caught: Quality;
  held: Quality;
}

/** Each video is judged by a model that has seen none of its texts, nor the same text under another video. */
function leaveOneOut(videos: { name: string; texts: Labelled[] }[], ordinary: Labelled[]): Record<string, SpamQuality> {
  const all: Judged[] = [];
  const folds = videos.map(({ name, texts }): [string, SpamQuality] => {
    const unseen = new Set(texts.map(({ text }) => lettersOf(text)));
    const others = videos.filter((video) => video.name !== name).flatMap((video) => video.texts);
    const known = [...others.filter(({ text }) => !unseen.has(lettersOf(text))), ...ordinary];
    const model = modelOf(train(known.map(asSpam), options));
    const judged = texts.map(({ text, positive }): Judged => {
      const found = spamOf(model.score(spamFeatures(text)), inputOf(anybodys(text)), defaultRules.rules.spam);
      return { positive, outcome: found?.outcome ?? 'publish' };
    });
    all.push(...judged);
    return [name, spamQuality(judged)];
  });
  return { ...Object.fromEntries(folds), all: spamQuality(all) };
}

interface Judged {
  positive: boolean;
  outcome: Outcome;
}

const spamQuality = (judged: Judged[]): SpamQuality => ({
  caught: qualityOf(
    judged.map(({ positive, outcome }) => ({ positive, score: Number(outcome !== 'publish') })),
    1,
  ),
  held: qualityOf(
    judged.map(({ positive, outcome }) => ({ positive, score: Number(outcome === 'hold') })),
    1,
  ),
});

const anybodys = (text: string): Submission => ({
  text,
  campaignId: 0,
  author: { userId: 0, firstCommentAt: null, comments: 0, rejections: 0, premod: false },
  recent: [],
  at: new Date(0).toISOString(),
});

/** One tweet in five is left out. */
function abuseFold(tweets: Labelled[]): Quality {
  const model = modelOf(train(tweets.filter((_, place) => place % 5 !== 0).map(asAbuse), abuseOptions));
  const unseen = tweets.filter((_, place) => place % 5 === 0);
  return qualityOf(
    unseen.map(({ text, positive }) => ({ score: model.score(abuseFeatures(text)), positive })),
    abuseThreshold,
  );
}

const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

function everyNth(texts: string[], wanted: number): string[] {
  const filled = texts.filter((text) => text !== '');
  const step = Math.max(1, Math.floor(filled.length / wanted));
  return filled.filter((_, place) => place % step === 0).slice(0, wanted);
}

/** RFC 4180 as far as the file needs it: id, four counts, the class (0 hate, 1 offensive, 2 neither), the text. */
function readTweets(file: string): Labelled[] {
  const rows = readFileSync(file, 'utf8').matchAll(/^\d+,\d+,\d+,\d+,\d+,([012]),("(?:[^"]|"")*"|[^\n]*)$/gm);
  return [...rows].map(([, kind, text = '']) => ({
    positive: kind !== '2',
    text: text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text,
  }));
}

function textOf({ spam, abuse }: { spam: Record<string, SpamQuality>; abuse: Quality }): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const line = (name: string, { precision, recall, falseAlarms, examples }: Quality) =>
    `${name.padEnd(28)} precision ${percent(precision)}  recall ${percent(recall)}  false alarms ${percent(falseAlarms)}  of ${examples}\n`;
  return [
    'Spam; each video judged by a model that has not seen it:\n',
    ...Object.entries(spam).flatMap(([name, { caught, held }]) => [
      line(`${name}, caught`, caught),
      line(`${name}, held`, held),
    ]),
    `Abusive language, from ${abuseThreshold} on; one in five left out:\n`,
    line('tweets', abuse),
  ].join('');
}
