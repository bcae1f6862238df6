import pg from 'pg';

const ANSWER_WITHIN = 10_000;

/** Creates the database called `name` unless it exists; `url` names any database of the server. Answers the server's version. */
export async function ensureDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN });
  // A connection that breaks between two queries is an event; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
    const answer = await client.query<{ server_version: string }>('show server_version');
    return answer.rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}
