import { Command } from 'commander';
import { auditDatabase, type Difference } from '../audit/audit-database.ts';
import { rebuildDatabase } from '../audit/rebuild-database.ts';
import { readConfig } from '../config.ts';
import { CommandFailed } from './failure.ts';
import { withRunningDatabase } from './running-database.ts';

const progressMs = 2_000;

/** `audit`: exit 1, and a line for each derived value that a recount does not give. */
export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'compare every projection, stream and derived flag with a recount of the five tables, while others write',
    )
    .option('--campaign <id>', 'one campaign instead of all', Number)
    .option('--json', 'answer with JSON')
    .action(audit);
}

/** `rebuild`: every projection anew, while nodes serve. */
export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description('recreate every projection from the five tables; servers may run and others may write meanwhile')
    .action(async () => {
      const rebuilt = await withRunningDatabase(readConfig(process.env), (url) =>
        rebuildDatabase(url, progress('rebuilt')),
      );
      console.log(`Rebuilt the projections of ${rebuilt} campaigns.`);
    });
}

async function audit({ campaign, json }: { campaign?: number; json?: true }): Promise<void> {
  if (campaign !== undefined && !Number.isSafeInteger(campaign))
    throw new CommandFailed('A campaign is named by its id.');
  const found: Difference[] = [];
  let differences = 0;
  let audited = 0;
  const say = progress('audited');
  await withRunningDatabase(readConfig(process.env), async (url) => {
    const onProgress = (done: number, total: number) => {
      audited = done;
      say(done, total);
    };
    for await (const difference of auditDatabase(url, { campaign, onProgress })) {
      differences++;
      if (json) found.push(difference);
      else console.log(line(difference));
    }
  });
  if (json) console.log(JSON.stringify({ campaigns: audited, differences: found }, null, 2));
  else
    console.log(
      `Audited ${audited} campaigns: ${differences === 0 ? 'everything is equal' : `${differences} differences`}.`,
    );
  if (differences > 0) process.exitCode = 1;
}

function line({ campaignId, projection, key, stored, counted }: Difference): string {
  return `campaign ${campaignId} ${projection} ${key}: stored ${stored ?? 'nothing'}, counted ${counted ?? 'nothing'}`;
}

/** A line on standard error every two seconds of a long run, none on a short one. */
function progress(verb: string): (done: number, total: number) => void {
  let saidAt = performance.now();
  return (done, total) => {
    if (performance.now() - saidAt < progressMs) return;
    saidAt = performance.now();
    process.stderr.write(`${verb} ${done} of ${total} campaigns\n`);
  };
}
