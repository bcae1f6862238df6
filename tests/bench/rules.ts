import { defaultRules } from '../../server/features/moderation/rules/default-rules.ts';
import { judge } from '../../server/features/moderation/rules/judge.ts';
import { groups, harmless } from '../moderation/cases/harmless-cases.ts';
import { hateful } from '../moderation/cases/hateful-cases.ts';
import { submission } from '../moderation/submission.ts';
import type { Options } from './options.ts';
import { medianText, type Report, ratios, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import type { Stage } from './stage.ts';
import { type Quantiles, quantilesOf } from './statistics.ts';

const passes = 20;
const shareOfLong = 50;

interface Round extends Quantiles {
  mean: number;
}

/** Every rule but the external one, over short comments and now and then a long one. */
export async function rules(_: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const texts = comments();
  const naive = new RegExp(`\\b(?:${defaultRules.rules.suspectWords.words.join('|')})\\b`, 'i');
  const contenders = [
    { name: 'rules', round: () => measured(texts, (text) => judge(submission(text), defaultRules)) },
    { name: 'regexp', round: () => measured(texts, (text) => naive.test(text)) },
  ];
  for (const { round } of contenders) await round(); // warm
  const results = await interleave(contenders, options.rounds, (name, number, { p50, p99 }) =>
    told(`rules: ${name}, round ${number}: p50 ${p50.toFixed(1)} µs, p99 ${p99.toFixed(1)} µs`),
  );
  const [ours = [], baseline = []] = ['rules', 'regexp'].map((name) => results.get(name) ?? []);
  const row = (name: string, rounds: Round[]) => [
    name,
    ...(['mean', 'p50', 'p99'] as const).map((figure) =>
      spreadText(
        rounds.map((round) => round[figure]),
        1,
      ),
    ),
  ];
  const means = (rounds: Round[]) => rounds.map(({ mean }) => mean);
  const times = medianText(ratios(means(ours), means(baseline)), 0);
  return {
    title: `Moderation rules: µs a comment, ${texts.length} texts, one in ${shareOfLong} of 2,000 characters`,
    table: [
      ['', 'mean', 'p50', 'p99'],
      row('all rules', ours),
      row('one regular expression of the listed words', baseline),
    ],
    notes: [`${times} times the regular expression, which sees no disguise, no spam and no attack`],
    goals: [{ sentence: 'a comment in the middle takes under 500 µs', met: ours.every(({ p50 }) => p50 < 500) }],
    rounds: { rules: ours, regexp: baseline },
  };
}

function comments(): string[] {
  const sentences = [...Object.values(harmless), ...Object.values(hateful)].flat();
  const short = sentences.map((template) => {
    const { group, one, adjective } = groups.immigrant;
    return template.replaceAll('{group}', group).replaceAll('{one}', one).replaceAll('{adjective}', adjective);
  });
  const long = short.join(' ').slice(0, 2_000);
  return short.flatMap((text, at) => (at % shareOfLong === 0 ? [text, long] : [text]));
}

async function measured(texts: string[], work: (text: string) => unknown): Promise<Round> {
  const micros = new Float64Array(texts.length * passes);
  let done = 0;
  for (let pass = 0; pass < passes; pass++) {
    for (const text of texts) {
      const start = performance.now();
      await work(text);
      micros[done++] = (performance.now() - start) * 1_000;
    }
  }
  const mean = micros.reduce((sum, value) => sum + value, 0) / done;
  return { mean, ...quantilesOf(micros) };
}
