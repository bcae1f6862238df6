import type { NotifiedRound } from './notified.ts';
import { aSecond, openNotifiedSides, readers, names as socketNames } from './notified-sides.ts';
import type { Options } from './options.ts';
import { numberText, type Report, ratios, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import type { Stage } from './stage.ts';
import { messages, openWebhookSides, type WebhookRound, names as webhookNames } from './webhook-sides.ts';

/** From a reply's row to the socket of whom it answers, and webhooks to one receiver: each beside what promises nothing. */
export async function notifications(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  told('notifications: starting the servers');
  const sides = await openNotifiedSides(stage, options);
  const notified = await interleave(sides, options.rounds, (name, number, { fromAt, lost }) =>
    told(
      `notifications, round ${number}: ${name} p50 ${numberText(fromAt.p50, 1)} ms, p99 ${numberText(fromAt.p99, 1)} ms, lost ${lost}`,
    ),
  );
  await stage.clear();
  const sent = await interleave(await openWebhookSides(stage), options.rounds, (name, number, { rate }) =>
    told(`webhooks, round ${number}: ${name} ${numberText(rate)}/s`),
  );
  const all = [...notified.values()].flat();
  const ours = sent.get(webhookNames.ours) ?? [];
  const lost = all.reduce((sum, round) => sum + round.lost, 0);
  const repeats = ours.reduce((sum, round) => sum + round.repeats, 0);
  return {
    title:
      `Notifications: ${aSecond} replies/s to ${readers} readers with a socket each, ${options.seconds} s a round; ` +
      `webhooks: ${numberText(messages)} messages to one receiver; ${options.rounds} rounds, alternating; median (min–max)`,
    table: tableOf(notified, sent),
    notes: [
      'row: from the time in the row, taken before its commit, to the receipt on the socket',
      'stock emits from the handler and has no list, no count and nothing to replay; bare posts have no outbox',
    ],
    goals: [
      { sentence: `every reader was told of every reply: ${lost} lost`, met: lost === 0 },
      { sentence: `no webhook came twice: ${repeats} repeats`, met: repeats === 0 },
    ],
    rounds: { ...Object.fromEntries(notified), ...Object.fromEntries(sent) },
  };
}

function tableOf(notified: Map<string, NotifiedRound[]>, sent: Map<string, WebhookRound[]>): string[][] {
  const row = (title: string, ours: number[], baseline: number[], digits: number) => [
    title,
    spreadText(ours, digits),
    spreadText(baseline, digits),
    spreadText(ratios(ours, baseline), 2),
  ];
  const times = (name: string, which: 'p50' | 'p99') => (notified.get(name) ?? []).map(({ fromAt }) => fromAt[which]);
  const rates = (name: string) => (sent.get(name) ?? []).map(({ rate }) => rate);
  return [
    ['', 'ours', 'baseline', 'ratio'],
    ...(['p50', 'p99'] as const).map((which) =>
      row(`row → socket ${which}, ms`, times(socketNames.ours, which), times(socketNames.stock, which), 1),
    ),
    row('webhooks/s', rates(webhookNames.ours), rates(webhookNames.bare), 0),
  ];
}
