import { createTokens } from '../../server/platform/auth/tokens.ts';
import { runSql } from './stage.ts';

export const secret = 'a secret of the bench, not of anybody else';

/** A token for each of the users 1 to `count`: what a crowd holds before it begins to click. */
export async function signTokens(count: number): Promise<string[]> {
  const { sign } = createTokens({ kind: 'secret', secret });
  if (!sign) throw new Error('tokens of a shared secret can be signed');
  const users = Array.from({ length: count }, (_, place) => place + 1);
  return Promise.all(users.map((user) => sign({ sub: String(user), roles: ['user'], name: `User ${user}` }, '6h')));
}

/** Makes this many live campaigns in our database, as their owner's back office would: by plain SQL. Answers their ids. */
export async function makeLiveCampaigns(databaseUrl: string, count: number): Promise<number[]> {
  const rows = await runSql<{ id: string }>(
    databaseUrl,
    `insert into campaign_profile (name, advertiser_id, brand_id, verification_status, is_verified, submitted_date, launched_at)
     select 'Bench ' || n, 1, 1, 'verified', true, now(), now() from generate_series(1, $1::int) n
     returning id`,
    [count],
  );
  return rows.map(({ id }) => Number(id));
}

/** How many campaigns are hot at a time. */
const atOnce = 5;

/**
 * Requests of which each is another (user, campaign), so that each really inserts. A handful of campaigns is hot at a
 * time: five take turns until all users have liked them, then come the next five.
 */
export function createClicks(tokens: string[], campaigns: number[], pathOf: (campaign: number) => string) {
  const tails = tokens.map(
    (token) => ` HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\nContent-Length: 0\r\n\r\n`,
  );
  const heads = campaigns.map((campaign) => `PUT ${pathOf(campaign)}`);
  const most = tails.length * heads.length;
  let made = 0;
  return (): string => {
    if (made === most) throw new Error(`all ${most} pairs of user and campaign are used up`);
    const [block, within] = [Math.floor(made / (atOnce * tails.length)), made % (atOnce * tails.length)];
    made++;
    return `${heads[block * atOnce + (within % atOnce)]}${tails[Math.floor(within / atOnce)]}`;
  };
}
