import { Command } from 'commander';
import { auditDatabase, UnknownCampaign } from '../audit/audit-database.ts';
import { rebuildDatabase } from '../audit/rebuild-database.ts';
import { readConfig } from '../config.ts';
import { assertSchemaIsCurrent } from '../platform/migrate/migrate.ts';
import { createReport } from './audit-report.ts';
import { CommandFailed } from './failure.ts';
import { idOption } from './id-option.ts';
import { startProgress } from './progress.ts';
import { withRunningDatabase } from './running-database.ts';

/** `audit`: exit 1, and a line for each derived value that a recount does not give. */
export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'compare every projection, stream and derived flag with a recount of the five tables, in one snapshot, while ' +
        'servers run and others write; a line for each difference, and exit 1 if there is any',
    )
    .option('--campaign <id>', 'one campaign instead of all', idOption('A campaign'))
    .option('--json', 'answer with JSON')
    .action(audit);
}

/** `rebuild`: every projection anew, while nodes serve. */
export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description(
      'recreate every projection from the five tables; servers may run and others may write meanwhile, but writers of ' +
        'a campaign wait while it is counted',
    )
    .option('--json', 'answer with JSON')
    .action(rebuild);
}

async function audit({ campaign, json }: { campaign?: number; json?: true }): Promise<void> {
  const report = createReport(json === true);
  // Of a reader that leaves (`audit | head`) the write that fails says so too; unheard, the event would end the process.
  process.stdout.on('error', () => {});
  let audited = 0;
  await withCurrentDatabase('audited', async (url, tell) => {
    const onProgress = (done: number, total: number) => {
      audited = done;
      tell(done, total);
    };
    for await (const difference of auditDatabase(url, { campaign, onProgress })) await report.add(difference);
  });
  await report.end(audited);
  if (report.differences() > 0) process.exitCode = 1;
}

async function rebuild({ json }: { json?: true }): Promise<void> {
  const campaigns = await withCurrentDatabase('rebuilt', rebuildDatabase);
  console.log(
    json
      ? JSON.stringify({ campaigns })
      : `Rebuilt the projections of ${campaigns} campaign${campaigns === 1 ? '' : 's'}.`,
  );
}

/** Refuses a database of another version: its projections may have other definitions than the recount. */
function withCurrentDatabase<T>(
  verb: string,
  work: (url: string, tell: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  return withRunningDatabase(readConfig(process.env), async (url) => {
    await assertSchemaIsCurrent(url);
    const progress = startProgress(verb);
    try {
      return await work(url, progress.tell);
    } catch (error) {
      throw error instanceof UnknownCampaign ? new CommandFailed(error.message) : error;
    } finally {
      progress.stop();
    }
  });
}
