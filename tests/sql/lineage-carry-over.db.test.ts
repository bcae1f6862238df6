import { afterAll, beforeEach, expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../../server/platform/migrate/migrate.ts';
import type { FreshDatabase } from '../support/database.ts';
import { query } from '../support/sql.ts';
import { emptyDatabase } from './empty-database.ts';

const databases: FreshDatabase[] = [];
let url = '';
beforeEach(async () => {
  const database = await emptyDatabase();
  databases.push(database);
  url = database.url;
  await migrateUp(url, { to: '0005' });
});
afterAll(() => Promise.all(databases.map((database) => database.drop())));

interface Targeting {
  audiences: string | null;
  rate: string | null;
}

async function insertCampaign(
  audiences: string | null,
  audience: string | null,
  rate: string | null,
  cost: string | null,
) {
  await query(
    url,
    'insert into campaign_profile (name, target_audiences, target_audience, cpi_rate, cost_per_impression) values ($1, $2, $3, $4, $5)',
    ['a', audiences, audience, rate, cost],
  );
}

function targeting(): Promise<Targeting[]> {
  return query(
    url,
    'select target_audiences::text as audiences, cpi_rate::text as rate from campaign_profile order by id',
  );
}

test('a value whose only holder leaves is carried over, and the rollback takes that back', async () => {
  await insertCampaign(null, 'tutor', null, '0.5');
  await insertCampaign('{}', 'student', '0.2', '0.5');
  await insertCampaign('{parent}', 'tutor', null, '0');
  await insertCampaign('{user,parent}', null, '0.3', null);
  await insertCampaign(null, null, null, null);
  const before = await targeting();
  await migrateUp(url, { to: '0006' });
  expect(await targeting()).toEqual([
    { audiences: '{tutor}', rate: '0.500000' },
    { audiences: '{student}', rate: '0.200000' },
    { audiences: '{parent}', rate: '0.000000' },
    { audiences: '{user,parent}', rate: '0.300000' },
    { audiences: null, rate: null },
  ]);
  await migrateDown(url, { to: '0005' });
  expect(await targeting()).toEqual(before);
});

test('the rollback leaves a carried value that somebody changed since', async () => {
  await insertCampaign(null, 'tutor', null, '0.5');
  await insertCampaign('{}', 'tutor', null, '0.5');
  await migrateUp(url, { to: '0006' });
  await query(url, `update campaign_profile set target_audiences = '{tutor,user}' where id = 1`);
  await query(url, 'update campaign_profile set cpi_rate = 0.75 where id = 2');
  await migrateDown(url, { to: '0005' });
  expect(await targeting()).toEqual([
    { audiences: '{tutor,user}', rate: null },
    { audiences: '{}', rate: '0.750000' },
  ]);
});

test('an audience that is no word of the vocabulary stays in the backup, and the step names its campaigns', async () => {
  for (const audience of ['everyone', 'Tutor', 'everyone', 'tutor,student', ''])
    await insertCampaign(null, audience, '1', null);
  await insertCampaign(null, 'user', null, 'NaN');
  const lines: string[] = [];
  await migrateUp(url, { to: '0006', log: (line) => lines.push(line) });
  const kept = 'kept only in campaign_profile_duplicate_fields_backup';
  expect(lines.filter((line) => line.startsWith('warning'))).toEqual([
    `warning: target_audience '' is no word of the vocabulary: ${kept}, 1 in all: campaigns 5`,
    `warning: target_audience 'Tutor' is no word of the vocabulary: ${kept}, 1 in all: campaigns 2`,
    `warning: target_audience 'everyone' is no word of the vocabulary: ${kept}, 2 in all: campaigns 1, 3`,
    `warning: target_audience 'tutor,student' is no word of the vocabulary: ${kept}, 1 in all: campaigns 4`,
    `warning: cost_per_impression NaN does not fit cpi_rate: ${kept}, 1 in all: campaigns 6`,
  ]);
  expect((await targeting()).map((row) => row.audiences)).toEqual([null, null, null, null, null, '{user}']);
  await migrateDown(url, { to: '0005' });
  const audiences = await query<{ target_audience: string }>(
    url,
    'select target_audience from campaign_profile order by id',
  );
  expect(audiences.map((row) => row.target_audience)).toEqual([
    'everyone',
    'Tutor',
    'everyone',
    'tutor,student',
    '',
    'user',
  ]);
});

test("the platform's own updated_at trigger does not take the steps for edits", async () => {
  await insertCampaign(null, 'tutor', null, '0.5');
  await query(
    url,
    `create function touch() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$;
     create trigger touch before update on campaign_profile for each row execute function touch()`,
  );
  const updatedAt = () => query(url, 'select updated_at::text from campaign_profile');
  const before = await updatedAt();
  await migrateUp(url, { to: '0006' });
  expect(await updatedAt()).toEqual(before);
  await migrateDown(url, { to: '0001' });
  expect(await updatedAt()).toEqual(before);
});
