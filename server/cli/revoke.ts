import { Command } from 'commander';
import pg from 'pg';
import { readConfig } from '../config.ts';
import { assertSchemaIsCurrent } from '../platform/migrate/migrate.ts';
import { idOption } from './id-option.ts';
import { withRunningDatabase } from './running-database.ts';

interface RevokeOptions {
  sub: number;
  reason?: string;
  json?: true;
}

/** `revoke`: every server refuses the user's tokens from now on, and closes their sockets within a second. */
export function revokeCommand(): Command {
  return new Command('revoke')
    .description(
      'refuse every token of a user that was issued until now, on every server of the database, and close the ' +
        'sockets that live by one; a new sign-in works from the next second on',
    )
    .requiredOption('--sub <id>', 'the user id', idOption('A user'))
    .option('--reason <text>', 'kept with it, for people')
    .option('--json', 'answer with JSON')
    .action(revoke);
}

async function revoke({ sub, reason, json }: RevokeOptions): Promise<void> {
  const tokensFrom = await withRunningDatabase(readConfig(process.env), async (connectionString) => {
    await assertSchemaIsCurrent(connectionString);
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      const { rows } = await client.query<{ at: Date }>('select revoke_user($1, $2) as at', [sub, reason ?? null]);
      return rows[0]?.at.toISOString();
    } finally {
      await client.end();
    }
  });
  console.log(
    json
      ? JSON.stringify({ userId: sub, tokensFrom })
      : `Tokens of user ${sub} issued before ${tokensFrom} are refused.`,
  );
}
