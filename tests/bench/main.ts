/** `npm run bench`: the figures of this server, each beside a baseline in the same run. See options.ts for the words. */

import os from 'node:os';
import { audit } from './audit.ts';
import { delivery } from './delivery.ts';
import { exported } from './export.ts';
import { fanout } from './fanout.ts';
import { idle } from './idle.ts';
import { impressions } from './impressions.ts';
import { likes } from './likes.ts';
import { lineage } from './lineage.ts';
import { metrics } from './metrics.ts';
import { moderation } from './moderation.ts';
import { notifications } from './notifications.ts';
import { type Options, readOptions, type ScenarioName, UsageError } from './options.ts';
import { type Report, reportText } from './report.ts';
import { rules } from './rules.ts';
import { screens } from './screens.ts';
import { openStage, type Stage } from './stage.ts';
import { stats } from './stats.ts';
import { thread } from './thread.ts';

type Scenario = (stage: Stage, options: Options, told: (line: string) => void) => Promise<Report>;
const scenarios: Record<ScenarioName, Scenario> = {
  likes,
  delivery,
  fanout,
  idle,
  thread,
  impressions,
  metrics,
  lineage,
  audit,
  stats,
  export: exported,
  notifications,
  rules,
  moderation,
  screens,
};

let interrupted = false;
try {
  process.exitCode = await run(readOptions(process.argv.slice(2)));
} catch (error) {
  const known = error instanceof UsageError;
  if (!interrupted) process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = known ? 2 : 1;
}

async function run(options: Options): Promise<number> {
  const told = (line: string) => void process.stderr.write(`${line}\n`);
  told('starting PostgreSQL, which writes through to the disk');
  const opening = openStage();
  closeOnSignal(opening);
  const stage = await opening;
  const reports: Report[] = [];
  try {
    for (const name of options.scenarios) {
      reports.push(await scenarios[name](stage, options, told));
      await stage.clear();
    }
  } finally {
    await stage.close();
  }
  print(reports, stage, options);
  const missed = reports.flatMap(({ goals }) => goals).filter(({ met }) => !met);
  for (const { sentence } of missed) told(`missed: ${sentence}`);
  return missed.length > 0 ? 1 : 0;
}

function print(reports: Report[], { postgres }: Stage, { json }: Options): void {
  const [cpu] = os.cpus();
  const machine = { cpus: os.cpus().length, cpu: cpu?.model, node: process.version, postgres: postgres.version };
  if (json) {
    console.log(JSON.stringify({ machine, reports }, null, 2));
    return;
  }
  for (const report of reports) console.log(reportText(report));
  console.log(`${machine.cpus} × ${machine.cpu}, Node.js ${machine.node}, PostgreSQL ${machine.postgres}, fsync on`);
}

/** Ctrl-C in the middle leaves nothing behind; what is under way fails meanwhile, and nobody wants to read of that. */
function closeOnSignal(opening: Promise<Stage>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      interrupted = true;
      process.stderr.write('\nstopping\n');
      await opening.then((stage) => stage.close()).catch(() => {});
      process.exit(130);
    });
  }
}
