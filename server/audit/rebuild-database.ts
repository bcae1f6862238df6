import pg from 'pg';
import { isConflictError } from '../platform/db.ts';

const pageSize = 200;
const attempts = 5;

/**
 * Recreates every projection from the five tables, a campaign at a time, each in its own transaction under its stream's
 * lock: nodes may serve and others may write meanwhile, and watchers are shown what changed. Campaigns that are made
 * while it runs need no rebuild: the triggers have counted all of their rows.
 * Answers how many campaigns were rebuilt. It may be ended at any moment and run again.
 */
export async function rebuildDatabase(
  databaseUrl: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse rebuild' });
  client.on('error', () => {}); // the query under way rejects with the same
  await client.connect();
  try {
    const { rows } = await client.query<{ total: string }>('select count(*) as total from campaign_profile');
    const total = Number(rows[0]?.total ?? 0);
    let done = 0;
    onProgress(done, total);
    for await (const id of campaignIds(client)) {
      await rebuildPatiently(client, id);
      onProgress(++done, total);
    }
    await client.query('select drop_orphaned_projections()');
    await client.query('select recount_desk()');
    for await (const users of readers(client)) await client.query('select rebuild_notifications($1)', [users]);
    return done;
  } finally {
    await client.end();
  }
}

async function* campaignIds(client: pg.Client): AsyncGenerator<string> {
  for (let after = '0'; ; ) {
    const { rows } = await client.query<{ id: string }>(
      `select id::text from campaign_profile where id > $1 order by campaign_profile.id limit ${pageSize}`,
      [after],
    );
    for (const { id } of rows) yield id;
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Who has a list of notifications. */
async function* readers(client: pg.Client): AsyncGenerator<string[]> {
  for (let after = '0'; ; ) {
    const { rows } = await client.query<{ id: string }>(
      `select user_id::text as id from notification_user where user_id > $1 order by user_id limit ${pageSize}`,
      [after],
    );
    if (rows.length > 0) yield rows.map(({ id }) => id);
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** A program that locks rows before their stream can deadlock with us, and PostgreSQL may choose us to give way. */
async function rebuildPatiently(client: pg.Client, id: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rebuildOne(client, id);
    } catch (error) {
      await client.query('rollback').catch(() => {}); // of a broken connection the first error tells more
      if (!isConflictError(error) || attempt === attempts) throw error;
    }
  }
}

/** Holds the campaign itself too: one that is being deleted must not be given projections again. */
async function rebuildOne(client: pg.Client, id: string): Promise<void> {
  await client.query('begin');
  const { rowCount } = await client.query('select from campaign_profile where id = $1 for key share', [id]);
  if (rowCount) await client.query('select rebuild_campaign($1)', [id]);
  await client.query('commit');
}
