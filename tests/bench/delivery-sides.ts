import type { Written } from './arrivals.ts';
import type { NodeChild } from './children.ts';
import { writeComments } from './comment-writer.ts';
import { type CpuReading, type CpuShares, cpuShares, readCpu } from './cpu.ts';
import { makeLiveCampaigns, signTokens } from './crowd.ts';
import type { Options } from './options.ts';
import type { Contender } from './rounds.ts';
import { type ServerUnderLoad, startBaseline, startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import { type Quantiles, quantilesOf } from './statistics.ts';
import type { Greeting } from './subscriber.ts';
import type { Command, Figures, Opened } from './subscribers.ts';

export const subscriberCount = 500;
export const commentsASecond = 50;
const warmSeconds = 2;

export interface DeliveryRound extends Figures {
  /** From sending a comment to its answer, ms. */
  answer: Quantiles;
  written: number;
  /** By how many comments the table grew. */
  rows: number;
  cpu: CpuShares;
}

interface Side {
  name: string;
  server: ServerUnderLoad;
  path: string;
  greeting: Greeting;
  rows: () => Promise<number>;
}

export const names = { ours: 'ours', stock: 'Socket.IO + postgres-adapter' };

/** Ours and stock Socket.IO: one node each, the same subscribers and comments on one campaign, databases of their own. */
export async function openDeliverySides(stage: Stage, options: Options): Promise<Contender<DeliveryRound>[]> {
  const [ourUrl, stockUrl] = [await stage.database('delivery_ours'), await stage.database('delivery_stock')];
  const tokens = await signTokens(200);
  const ours = await startOurs(stage, ourUrl);
  const [campaign = 0] = await makeLiveCampaigns(ourUrl, 1);
  const stock = await startBaseline(stage, 'delivery-baseline.ts', { DATABASE_URL: stockUrl, POOL_MAX: '10' });
  const crowd = stage.start('tests/bench/subscribers.ts', { env: {} });
  const sides: Side[] = [
    {
      name: names.ours,
      server: ours,
      path: `/api/v1/campaigns/${campaign}/comments`,
      greeting: { event: 'subscribe', payload: { stream: `campaign:${campaign}` } },
      rows: () => countRows(ourUrl, `campaign_engagement where engagement_type = 'comment'`),
    },
    {
      name: names.stock,
      server: stock,
      path: `/campaigns/${campaign}/comments`,
      greeting: { event: 'join', payload: campaign },
      rows: () => countRows(stockUrl, 'campaign_comment'),
    },
  ];
  return sides.map((side) => ({ name: side.name, round: () => runRound(side, { stage, crowd, tokens, options }) }));
}

interface RoundParts {
  stage: Stage;
  crowd: NodeChild;
  tokens: string[];
  options: Options;
}

async function runRound(side: Side, { stage, crowd, tokens, options }: RoundParts): Promise<DeliveryRound> {
  const { port, pid } = side.server;
  const measuredFrom = warmSeconds * commentsASecond;
  const comments = measuredFrom + options.seconds * commentsASecond;
  const before = await side.rows();
  await ask<Opened>(crowd, { do: 'open', port, greeting: side.greeting, subscribers: subscriberCount, comments });
  const cpu: CpuReading[] = [];
  const readNow = () => void cpu.push(readCpu(pid, stage.postgres.pid, crowd.pid));
  const milestones = new Map([[measuredFrom, readNow]]);
  const load = { port, path: side.path, tokens, aSecond: commentsASecond, comments, milestones };
  const written = await writeComments(load);
  readNow();
  const [from, to] = cpu as [CpuReading, CpuReading];
  const figures = await ask<Figures>(crowd, { do: 'figures', written, measuredFrom });
  const rows = (await side.rows()) - before;
  return {
    ...figures,
    answer: answerTimes(written, measuredFrom),
    written: written.length,
    rows,
    cpu: cpuShares(from, to),
  };
}

function answerTimes(written: Written[], measuredFrom: number): Quantiles {
  const measured = written.slice(measuredFrom);
  return quantilesOf(Float64Array.from(measured, ({ sentAt, answeredAt }) => answeredAt - sentAt));
}

function ask<Answer>(crowd: NodeChild, command: Command): Promise<Answer> {
  crowd.send(command);
  return crowd.message<Answer>();
}

async function countRows(url: string, table: string): Promise<number> {
  const [row] = await runSql<{ rows: number }>(url, `select count(*)::int as rows from ${table}`);
  return row?.rows ?? 0;
}
