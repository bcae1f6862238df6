import type { DeliveryFigures } from './arrivals.ts';
import { commentsASecond, type DeliveryRound, names, openDeliverySides, subscriberCount } from './delivery-sides.ts';
import type { Options } from './options.ts';
import { companyNote, type Goal, medianText, numberText, type Report, ratios, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import type { Stage } from './stage.ts';
import type { Quantiles } from './statistics.ts';

/** From a comment's commit to the glass of 500 subscribers, beside stock Socket.IO with its PostgreSQL adapter. */
export async function delivery(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  told('delivery: starting the servers');
  const sides = await openDeliverySides(stage, options);
  const results = await interleave(sides, options.rounds, (name, number, { fromAt, lost, twice, cpu }) =>
    told(
      `delivery, round ${number}: ${name} p50 ${numberText(fromAt.p50, 1)} ms, p99 ${numberText(fromAt.p99, 1)} ms, ` +
        `lost ${lost}, twice ${twice}, others took ${numberText(cpu.others, 2)} cores`,
    ),
  );
  return {
    title:
      `A comment to ${subscriberCount} subscribers at ${commentsASecond} comments/s, one node; ` +
      `${options.rounds} rounds of ${options.seconds} s, alternating; ms, median (min–max) of the rounds; the ratio is ours / stock, round by round`,
    table: tableOf(results),
    notes: [
      'at: clock_timestamp() beside the row, in the transaction; sent and answer: at the HTTP writer',
      'processor: of the server, all its work included; ours also sends counters and presence, so it has more frames',
      ...companyNote([...results.values()].flat().map(({ cpu }) => cpu.others)),
    ],
    goals: goalsOf(results),
    rounds: Object.fromEntries(results),
  };
}

type Pick = (round: DeliveryRound) => number;

const processorOf: Pick = ({ cpu }) => (cpu.server * 1e6) / (commentsASecond * subscriberCount);
const framesAComment: Pick = ({ expected, otherFrames }) => (expected + otherFrames) / expected;

function tableOf(results: Map<string, DeliveryRound[]>): string[][] {
  const of = (name: string, pick: Pick) => (results.get(name) ?? []).map(pick);
  const row = (title: string, pick: Pick, digits: number) => {
    const [ours, stock] = [of(names.ours, pick), of(names.stock, pick)];
    return [title, spreadText(ours, digits), spreadText(stock, digits), spreadText(ratios(ours, stock), 2)];
  };
  const times = (title: string, key: keyof DeliveryFigures & ('fromAt' | 'fromAnswer' | 'fromSent')) =>
    (['p50', 'p99', 'max'] as const).map((which: keyof Quantiles) =>
      row(`${title} → receipt ${which}`, (round) => round[key][which], 1),
    );
  const cores = (['postgres', 'load', 'others'] as const).map((who) => {
    const [ours, stock] = [of(names.ours, ({ cpu }) => cpu[who]), of(names.stock, ({ cpu }) => cpu[who])];
    return [`cores: ${who}`, medianText(ours, 2), medianText(stock, 2), ''];
  });
  const sum = (name: string, pick: Pick) => numberText(of(name, pick).reduce((total, value) => total + value, 0));
  const counts = (title: string, pick: Pick) => [title, sum(names.ours, pick), sum(names.stock, pick), ''];
  return [
    ['', names.ours, names.stock, 'ratio'],
    ...times('at', 'fromAt'),
    ...times('answer', 'fromAnswer'),
    ...times('sent', 'fromSent'),
    row('sent → answer p50', ({ answer }) => answer.p50, 1),
    row('sent → answer p99', ({ answer }) => answer.p99, 1),
    row('processor µs a comment delivered', processorOf, 1),
    row('processor µs a frame', (round) => processorOf(round) / framesAComment(round), 1),
    ...cores,
    counts('deliveries due, all rounds', ({ expected }) => expected),
    counts('lost', ({ lost }) => lost),
    counts('more than once', ({ twice }) => twice),
    counts('other frames (counters, presence)', ({ otherFrames }) => otherFrames),
  ];
}

function goalsOf(results: Map<string, DeliveryRound[]>): Goal[] {
  const whole = (name: string): Goal => {
    const rounds = results.get(name) ?? [];
    const total = (pick: Pick) => rounds.reduce((sum, round) => sum + pick(round), 0);
    const lost = total((round) => round.lost);
    const twice = total((round) => round.twice);
    const missing = total(({ written, rows }) => Math.abs(written - rows));
    const figures = `${lost} lost, ${twice} twice, ${missing} answers without their row`;
    return {
      sentence: `${name}: every subscriber got every comment exactly once: ${figures}`,
      met: lost + twice + missing === 0,
    };
  };
  return [whole(names.ours), whole(names.stock)];
}
