import pg from 'pg';

/**
 * Recreates every projection from the five tables, a campaign at a time, each in its own transaction under its stream's
 * lock: nodes may serve and others may write meanwhile, and watchers are shown what changed.
 * Answers how many campaigns were rebuilt.
 */
export async function rebuildDatabase(
  databaseUrl: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse rebuild' });
  client.on('error', () => {}); // the query under way rejects with the same
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('select id from campaign_profile order by id');
    for (const [place, { id }] of rows.entries()) {
      await client.query('select rebuild_campaign($1)', [id]);
      onProgress(place + 1, rows.length);
    }
    await client.query('select drop_orphaned_projections()');
    return rows.length;
  } finally {
    await client.end();
  }
}
