import { describe, expect, test } from 'vitest';
import { migrateDown, migrateUp, migrationStatus } from '../../server/platform/migrate/migrate.ts';
import { query } from '../support/sql.ts';
import { emptyDatabaseForTest } from './empty-database.ts';
import { columnsAfter } from './lineage-columns.ts';
import { allRows, columnNames, schemaOf } from './lineage-snapshot.ts';
import { BACKUPS, unmarkedDatabase } from './unmarked-database.ts';

/** As the platform's older scripts would have declared the tables: other types, serial ids, no rules and no indexes. */
async function declareAsOlderScripts(url: string): Promise<void> {
  await query(
    url,
    `do $$
     declare
       t text;
       c record;
     begin
       drop view if exists campaign_with_full_metrics;
       foreach t in array array['campaign_engagement', 'campaign_media', 'campaign_impressions', 'campaign_invoices', 'campaign_profile'] loop
         if to_regclass(t) is null then continue; end if;
         execute format('create table older as table %I', t);
         execute format('drop table %I cascade', t);
         execute format('alter table older rename to %I', t);
         for c in select attname, format_type(atttypid, atttypmod) as type from pg_attribute
           where attrelid = t::regclass and attnum > 0 and attname not like '%metrics' loop
           if c.type = 'bigint' and c.attname ~ '_id$' then
             execute format('alter table %I alter column %I type integer using mod(%I, 1000)', t, c.attname, c.attname);
           elsif c.type = 'text' then
             execute format('alter table %I alter column %I type varchar(9999)', t, c.attname);
           end if;
         end loop;
         execute format('create sequence %I owned by %I.id', t || '_id_seq', t);
         execute format('alter table %I alter column id type integer, alter column id set default nextval(%L), add primary key (id)', t, t || '_id_seq');
         execute format('select setval(%L, (select coalesce(max(id), 0) + 1 from %I), false)', t || '_id_seq', t);
       end loop;
     end
     $$;
     create view campaign_with_media as select * from campaign_profile;
     create or replace function has_user_engaged(campaign integer, who integer, what varchar) returns boolean language sql as 'select true'`,
  );
}

describe('a database without our table of migrations is recognised by its columns and marked', () => {
  test.each([0, 1, 2, 3, 4, 5])('after step %i, then goes on, and back to the legacy rows', async (step) => {
    const database = await unmarkedDatabase(step);
    expect((await migrationStatus(database.url)).unmarked).toEqual({ kind: 'step', step });
    const result = await migrateUp(database.url, { to: '0006' });
    expect(result.adopted).toHaveLength(step + 1);
    expect(result.applied).toHaveLength(5 - step);
    expect(await columnNames(database.url)).toEqual(columnsAfter(5));
    const { applied } = await migrationStatus(database.url);
    expect(applied.map((one) => one.adopted)).toEqual([0, 1, 2, 3, 4, 5].map((index) => index <= step));
    await migrateDown(database.url, { to: '0001' });
    expect(await allRows(database.url)).toEqual(database.legacy);
  });

  test('also by twenty starts at once', async () => {
    const database = await unmarkedDatabase(3);
    const starts = Array.from({ length: 20 }, () => migrateUp(database.url, { to: '0006' }));
    const results = await Promise.all(starts);
    expect(results.flatMap((result) => result.adopted)).toHaveLength(4);
  });
});

describe('a database of the older scripts gets the rules that our steps would have made', () => {
  test.each([0, 1, 2, 3, 4, 5])('after step %i', async (step) => {
    const ours = await emptyDatabaseForTest();
    await migrateUp(ours.url, { to: '0006' });
    const database = await unmarkedDatabase(step);
    await declareAsOlderScripts(database.url);
    const lines: string[] = [];
    await migrateUp(database.url, { to: '0006', log: (line) => lines.push(line) });
    expect(lines.filter((line) => line.startsWith('left out'))).toEqual([]);
    const [theirs, wanted] = [await rulesOf(database.url), await rulesOf(ours.url)];
    expect(theirs).toEqual(wanted);
    await query(database.url, `insert into campaign_profile (name) values ('new')`);
    const like = `insert into campaign_engagement (campaign_id, user_id, engagement_type) select max(id), 7, 'like' from campaign_profile`;
    await query(database.url, like);
    await expect(query(database.url, like)).rejects.toMatchObject({ code: '23505' });
    expect(
      await query(database.url, `select has_user_engaged(max(id), 8, 'like') as engaged from campaign_profile`),
    ).toEqual([{ engaged: false }]);
  });

  /** The whole schema but for the backups, and for how an id counts: serial there, identity here. */
  async function rulesOf(url: string): Promise<unknown> {
    const schema = (await schemaOf(url)) as { tables: Record<string, { columns: { name: string }[] }> };
    for (const name of BACKUPS) delete schema.tables[name];
    for (const table of Object.values(schema.tables))
      table.columns = table.columns.filter((column) => column.name !== 'id');
    return schema;
  }

  test('rows that break a rule leave that rule out, with the statement to run; the rest is adopted', async () => {
    const database = await unmarkedDatabase(5);
    await query(
      database.url,
      `alter table campaign_profile drop constraint verification_status_is_known;
       insert into campaign_profile (name, verification_status) values ('odd', 'half-verified')`,
    );
    const lines: string[] = [];
    await migrateUp(database.url, { to: '0006', log: (line) => lines.push(line) });
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^left out, put the rows right .*: alter table campaign_profile add constraint verification_status_is_known CHECK/,
      ),
    );
  });

  test('likes that are there twice stop it: counting could not be right', async () => {
    const database = await unmarkedDatabase(5);
    await query(
      database.url,
      `drop index campaign_engagement_reactions_are_unique;
       insert into campaign_engagement (campaign_id, user_id, engagement_type) select min(id), 7, 'like' from campaign_profile, generate_series(1, 2) group by generate_series`,
    );
    const before = await schemaOf(database.url);
    await expect(migrateUp(database.url, { to: '0006' })).rejects.toThrow(
      /Key \(campaign_id, user_id, engagement_type.*is duplicated/,
    );
    expect(await schemaOf(database.url)).toEqual(before);
    expect((await migrationStatus(database.url)).applied).toEqual([]);
  });
});

describe('a shape that is neither is refused with its differences, and nothing is changed', () => {
  test.each([
    [
      0,
      'alter table campaign_profile drop column likes, add column hearts integer',
      ['campaign_profile: missing likes', 'campaign_profile: unexpected hearts'],
    ],
    [2, 'alter table campaign_invoices drop column tax_amount', ['campaign_invoices: missing tax_amount']],
    [0, 'alter table campaign_profile drop column invoice_id', ['campaign_profile: missing invoice_id']],
    [5, 'drop table campaign_media', ['campaign_media: the table is missing']],
    [1, 'create table campaign_engagement (id bigint)', ['campaign_engagement: the table is unexpected']],
    [
      3,
      'alter table campaign_engagement alter column user_id type boolean using false',
      ['campaign_engagement.user_id: is boolean, expected bigint'],
    ],
  ])('step %i, then %s', async (step, change, differences) => {
    const database = await unmarkedDatabase(step);
    await query(database.url, change);
    const before = [await schemaOf(database.url), await allRows(database.url)];
    expect((await migrationStatus(database.url)).unmarked).toMatchObject({
      kind: 'foreign',
      closest: step,
      differences,
    });
    const refusal = await migrateUp(database.url).catch((error: Error) => error.message);
    expect(refusal).toBe(
      [
        'This database has campaign tables, but neither the legacy shape nor that of a step of the clean-up.',
        `The closest is the shape ${step === 0 ? 'of the legacy baseline' : `after step ${step} of the clean-up`}; it differs in:`,
        ...differences.map((line) => `  ${line}`),
        'Nothing was changed.',
      ].join('\n'),
    );
    expect([await schemaOf(database.url), await allRows(database.url)]).toEqual(before);
    expect(await query(database.url, `select to_regclass('schema_migrations') as found`)).toEqual([{ found: null }]);
  });
});
