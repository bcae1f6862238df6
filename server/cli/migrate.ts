import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import { migrateDown, migrateUp, migrationStatus } from '../platform/migrate/migrate.ts';
import { statusText } from './migration-status.ts';
import { withRunningDatabase } from './running-database.ts';
import { toStandardError, withDatabase } from './with-database.ts';

/** `migrate up`, `migrate down` and `migrate status`, on DATABASE_URL or the embedded database of DATA_DIR. */
export function migrateCommand(): Command {
  const migrate = new Command('migrate').description(
    'change or show the schema of DATABASE_URL, or of the embedded database in DATA_DIR when that is not set',
  );
  migrate
    .command('up')
    .description('apply what is pending; does nothing when the schema is current')
    .option('--to <NNNN>', 'the last migration to apply (default: all)', version)
    .action(up);
  migrate
    .command('down')
    .description(
      'take back every migration above one, with the tables of the server’s own that they made (names, revisions, verdicts, receipts); refuses, and changes nothing, while engagement would be lost',
    )
    .requiredOption('--to <NNNN>', 'the last migration that stays; 0001 is the legacy shape, 0000 is nothing', version)
    .option('--discard-engagement', 'give up what people made (comments, likes, shares), should the way lead past it')
    .action(down);
  migrate
    .command('status')
    .description('say what is applied, pending, edited or unknown')
    .option('--json', 'answer with JSON')
    .action(status);
  return migrate;
}

async function up({ to }: { to?: string }): Promise<void> {
  const options = { log: toStandardError, ...(to === undefined ? {} : { to }) };
  const sentence = await withDatabase(readConfig(process.env), async (url) => {
    const { applied, adopted, objects } = await migrateUp(url, options);
    const { current } = await migrationStatus(url);
    const done = [
      ...(adopted.length > 0 ? [`adopted ${adopted.join(', ')}`] : []),
      ...(applied.length > 0 ? [`applied ${applied.join(', ')}`] : []),
      ...(objects.length > 0 ? [`applied ${objects.length} functions, views and triggers`] : []),
    ];
    return `The database is at ${current ?? '0000'}: ${done.join('; ') || 'nothing was pending'}.`;
  });
  console.log(sentence);
}

async function down({ to, discardEngagement }: { to: string; discardEngagement?: true }): Promise<void> {
  const options = { to, discardEngagement: discardEngagement === true, log: toStandardError };
  const undone = await withDatabase(readConfig(process.env), (url) => migrateDown(url, options));
  console.log(
    `The database is at ${to}: ${undone.length > 0 ? `took back ${undone.join(', ')}` : 'nothing is above it'}.`,
  );
}

async function status({ json }: { json?: true }): Promise<void> {
  const found = await withRunningDatabase(readConfig(process.env), (url) => migrationStatus(url));
  console.log(json ? JSON.stringify(found, null, 2) : statusText(found));
}

function version(value: string): string {
  if (!/^\d{4}$/.test(value)) throw new InvalidArgumentError('A migration is named by its four digits, such as 0006.');
  return value;
}
