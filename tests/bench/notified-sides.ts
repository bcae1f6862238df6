import { makeLiveCampaigns, signTokens } from './crowd.ts';
import { measureNotified, type NotifiedRound, type NotifiedSide } from './notified.ts';
import type { Options } from './options.ts';
import type { Contender } from './rounds.ts';
import { startBaseline, startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';

export const readers = 100;
export const aSecond = 50;
export const names = { ours: 'ours', stock: 'Socket.IO + postgres-adapter' };

/** Ours and stock Socket.IO: each reader is told of replies on a socket of their own, one reply in two seconds each. */
export async function openNotifiedSides(stage: Stage, options: Options): Promise<Contender<NotifiedRound>[]> {
  const tokens = await signTokens(2 * readers);
  const sides = [await ours(stage, tokens), await stock(stage, tokens)];
  return sides.map((side) => {
    const told = Array.from({ length: readers }, () => 0);
    return { name: side.name, round: () => measureNotified(side, told, aSecond, options.seconds) };
  });
}

const tokenOf = (tokens: string[], nth: number) => tokens[readers + (nth % readers)] ?? '';

async function ours(stage: Stage, tokens: string[]): Promise<NotifiedSide> {
  const databaseUrl = await stage.database('notified_ours');
  const { port } = await startOurs(stage, databaseUrl);
  const [campaign = 0] = await makeLiveCampaigns(databaseUrl, 1);
  const tops = await runSql<{ id: string }>(
    databaseUrl,
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
     select $1, n, 'comment', 'top' from generate_series(1, $2::int) n returning id`,
    [campaign, readers],
  );
  return {
    name: names.ours,
    port,
    greetings: tokens.slice(0, readers).map((token, reader) => ({
      event: 'subscribe',
      payload: { stream: `user:${reader + 1}` },
      token,
    })),
    reply: (reader, nth) => ({
      path: `/api/v1/campaigns/${campaign}/comments`,
      token: tokenOf(tokens, nth),
      body: { text: `reply ${nth}`, parentId: Number(tops[reader]?.id) },
    }),
    upTo: (packet) => {
      if (!packet.includes('notification:created')) return null;
      return Number(/"count": ?(\d+)/.exec(packet.toString('latin1'))?.[1]) - 1;
    },
    at: (body) => JSON.parse(body.toString()).createdAt,
  };
}

async function stock(stage: Stage, tokens: string[]): Promise<NotifiedSide> {
  const databaseUrl = await stage.database('notified_stock');
  const { port } = await startBaseline(stage, 'delivery-baseline.ts', { DATABASE_URL: databaseUrl, POOL_MAX: '10' });
  return {
    name: names.stock,
    port,
    greetings: Array.from({ length: readers }, (_, reader) => ({ event: 'join', payload: reader + 1 })),
    reply: (reader, nth) => ({
      path: `/campaigns/${reader + 1}/comments`,
      token: tokenOf(tokens, nth),
      body: { text: `reply ${nth}` },
    }),
    upTo: (packet) => Number(/"text":"reply (\d+)"/.exec(packet.toString('latin1'))?.[1] ?? -1),
    at: (body) => JSON.parse(body.toString()).at,
  };
}
