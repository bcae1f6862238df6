import { expect, it } from 'vitest';
import { audited } from '../sql/counting-play.ts';
import { advertiser, liveCampaign } from '../support/api.ts';
import { startApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

const batches = 40;
const likes = 250;

it('ten thousand likes in forty batches are a handful of rows and few events, with the exact count', async () => {
  const app = await startApp();
  const owner = await advertiser(app.url, 5);
  const id = await liveCampaign(app.url);
  const watcher = await watch(app.url, { token: await token(900_005, { roles: ['advertiser'], advertiser_id: 5 }) });
  await watcher.subscribe({ stream: 'user:900005' });
  for (let batch = 0; batch < batches; batch++) {
    await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series($2::int, $3::int) n`,
      [id, batch * likes + 1, (batch + 1) * likes],
    );
  }
  await watcher.until('notification:created', ({ count }) => count === batches * likes, 10_000);
  const { body } = await owner('GET', '/me/notifications');
  expect(body.items.map(({ kind, count }: { kind: string; count: number }) => [kind, count]).sort()).toEqual([
    ['engagement', batches * likes],
    ['milestone', 4],
  ]);
  expect(watcher.log.length).toBeLessThan(batches / 3);
  expect(await audited(app.pool as never)).toEqual([]);
});
