import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShownAudit } from '../../server/audit/shown-states.ts';
import { createPool, endPool, type Pool } from '../../server/platform/db.ts';
import { createLog } from '../../server/platform/log.ts';
import type { StateOfFrame } from '../../server/relay/frame.ts';
import { readStates } from '../../server/relay/states.ts';
import { freshDatabase } from '../support/database.ts';
import { query } from '../support/sql.ts';
import { activeCampaigns } from './activity.ts';

let pool: Pool;
let url: string;
let stream: string;
let campaign: number;
beforeAll(async () => {
  const database = await freshDatabase();
  url = database.url;
  [campaign = 0] = await activeCampaigns(url, 1);
  stream = `campaign:${campaign}`;
  pool = createPool({ url, name: 'test', max: 2, log: createLog('silent') });
});
afterAll(() => endPool(pool));

/** What a node would have shown to this moment: the counters of the campaign and of its comments. */
const shownNow = (): Promise<StateOfFrame[]> => readStates(pool, [[stream, 0]]);
const like = (userId: number) =>
  query(url, `insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, $2, 'like')`, [
    campaign,
    userId,
  ]);

test('what was shown as it stands is right, whatever kind of state it is', async () => {
  const shown = await shownNow();
  expect(new Set(shown.map(({ name }) => name))).toEqual(new Set(['campaign:counters', 'comment:counters']));
  const audit = createShownAudit(pool);
  expect(await audit.look(shown)).toEqual([]);
  expect(audit.wrong()).toBe(0);
});

test('other data at the same version is wrong, is told once, and is forgotten with its room', async () => {
  const shown = await shownNow();
  const comment = shown.find(({ name }) => name === 'comment:counters');
  const spoiled = shown.map((frame) => (frame === comment ? { ...frame, data: '{"likes": 99}' } : frame));
  const audit = createShownAudit(pool);
  expect(await audit.look(spoiled)).toEqual([
    {
      campaignId: campaign,
      projection: 'shown',
      key: `comment:counters ${comment?.key}`,
      stored: `version ${comment?.version}: {"likes": 99}`,
      counted: `version ${comment?.version}: ${comment?.data}`,
    },
  ]);
  expect(await audit.look(spoiled)).toEqual([]);
  expect(audit.wrong()).toBe(1);
  await audit.look([]);
  expect(audit.wrong()).toBe(0);
});

test('a version that the database had ten seconds ago has to have been shown', async () => {
  let now = 1_000_000;
  const audit = createShownAudit(pool, () => now);
  const before = await shownNow();
  await like(101);
  expect(await audit.look(before)).toEqual([]);
  now += 9_000;
  await like(102);
  expect(await audit.look(before), 'on its way').toEqual([]);
  now += 2_000;
  expect(await audit.look(before)).toMatchObject([{ projection: 'shown', key: 'campaign:counters' }]);
  expect(audit.wrong()).toBe(1);
  expect(await audit.look(await shownNow())).toEqual([]);
  expect(audit.wrong()).toBe(0);
});

test('a room that is written to all the time is never late while it is shown what comes', async () => {
  let now = 1_000_000;
  const audit = createShownAudit(pool, () => now);
  for (let user = 201; user < 208; user++) {
    const shown = await shownNow();
    await like(user);
    expect(await audit.look(shown)).toEqual([]);
    now += 6_000;
  }
  expect(audit.wrong()).toBe(0);
});

test('more than a page is compared in turns', async () => {
  const [counters] = (await shownNow()).filter(({ name }) => name === 'campaign:counters');
  if (!counters) throw new Error('there are no counters');
  const quiet = (n: number): StateOfFrame => ({ ...counters, stream: `campaign:${90_000 + n}` });
  const shown = [...Array.from({ length: 450 }, (_, n) => quiet(n)), { ...counters, data: '{}' }];
  const audit = createShownAudit(pool);
  const looks = [];
  for (let n = 0; n < 4; n++) looks.push((await audit.look(shown)).length);
  expect(looks).toEqual([0, 0, 1, 0]);
});
