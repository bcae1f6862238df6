import { readCpu } from './cpu.ts';
import { createClicks, makeLiveCampaigns, signTokens } from './crowd.ts';
import { type LikesRound, loadLikes } from './likes-load.ts';
import type { Options } from './options.ts';
import type { Contender } from './rounds.ts';
import { type ServerUnderLoad, startBaseline, startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';

export interface CheckedLikes extends LikesRound {
  /** By how many likes the table grew in the round; null for the empty handler, which has none. */
  rows: number | null;
}

export type LikesSide = Contender<CheckedLikes>;

export const names = { ours: 'ours', plain10: 'plain, pool 10', plain20: 'plain, pool 20', empty: 'empty handler' };

const userCount = 2_000;
/** Enough for 15,000 likes/s in every round, so that no pair of user and campaign comes twice. */
const campaignCount = ({ seconds, rounds }: Options) =>
  5 * Math.ceil((15_000 * (seconds + 2) * (rounds + 2)) / userCount / 5);

export interface LikesSides {
  sides: LikesSide[];
  databaseUrl: string;
  /** Ours once more, in a process of its own with these flags of Node.js. */
  again: (nodeFlags: string[]) => Promise<{ round: () => Promise<CheckedLikes>; stop: () => Promise<void> }>;
}

interface Parts {
  stage: Stage;
  clicksAt: (path: string) => () => string;
  measure: (server: ServerUnderLoad, next: () => string) => Promise<LikesRound>;
}

/** Four sides, each on a database of its own: ours, the plain handler with a pool of 10 and of 20, and an empty one. */
export async function openLikesSides(stage: Stage, options: Options): Promise<LikesSides> {
  const { seconds } = options;
  const databaseUrl = await stage.database('likes_ours');
  const tokens = await signTokens(userCount);
  const ours = await startOurs(stage, databaseUrl);
  const campaigns = await makeLiveCampaigns(databaseUrl, campaignCount(options));
  const clicksAt = (path: string) => createClicks(tokens, campaigns, (id) => path.replace(':id', String(id)));
  const measure = ({ port, pid }: ServerUnderLoad, next: () => string) =>
    loadLikes({ port, next, seconds, readCpu: () => readCpu(pid, stage.postgres.pid) });
  const plain10 = await openPlain({ stage, clicksAt, measure }, names.plain10, '10');
  const plain20 = await openPlain({ stage, clicksAt, measure }, names.plain20, '20');
  const emptyClicks = clicksAt('/empty/:id');
  const emptyRound = async () => ({ ...(await measure(plain10.server, emptyClicks)), rows: null });
  const ourClicks = clicksAt('/api/v1/campaigns/:id/reactions/like');
  const ourRows = () => likesIn(databaseUrl, 'campaign_engagement');
  const ourRound = (server: ServerUnderLoad) => checked(ourRows, () => measure(server, ourClicks));
  return {
    databaseUrl,
    sides: [
      { name: names.ours, round: () => ourRound(ours) },
      plain10,
      plain20,
      { name: names.empty, round: emptyRound },
    ],
    async again(nodeFlags) {
      await ours.stop();
      const server = await startOurs(stage, databaseUrl, nodeFlags);
      return { round: () => ourRound(server), stop: server.stop };
    },
  };
}

async function openPlain({ stage, clicksAt, measure }: Parts, name: string, poolMax: string) {
  const url = await stage.database(`likes_${poolMax}`);
  const server = await startBaseline(stage, 'likes-baseline.ts', { DATABASE_URL: url, POOL_MAX: poolMax });
  const next = clicksAt('/campaigns/:id/reactions/like');
  const rows = () => likesIn(url, 'campaign_like');
  return { name, server, round: () => checked(rows, () => measure(server, next)) };
}

/** The check that can fail: what was answered 201 is in the table after the round, asked of PostgreSQL itself. */
async function checked(rows: () => Promise<number>, run: () => Promise<LikesRound>): Promise<CheckedLikes> {
  const before = await rows();
  const result = await run();
  return { ...result, rows: (await rows()) - before };
}

async function likesIn(url: string, table: 'campaign_engagement' | 'campaign_like'): Promise<number> {
  const text = `select count(*)::int as likes from ${table} where engagement_type = 'like'`;
  const [row] = await runSql<{ likes: number }>(url, text);
  return row?.likes ?? 0;
}
