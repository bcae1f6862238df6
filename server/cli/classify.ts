import { Command, Option } from 'commander';
import { readConfig } from '../config.ts';
import {
  type ClassifyOptions,
  classifyDatabase,
  type TrafficMoves,
  type TrafficRule,
  trafficRules,
} from '../features/impressions/classify.ts';
import { assertSchemaIsCurrent } from '../platform/migrate/migrate.ts';
import { CommandFailed } from './failure.ts';
import { idOption } from './id-option.ts';
import { startProgress } from './progress.ts';
import { withRunningDatabase } from './running-database.ts';

interface Options {
  campaign?: number;
  rule?: TrafficRule;
  dryRun?: true;
  json?: true;
}

/** `classify`: the rules of invalid traffic as they are now, over the impressions that are stored. */
export function classifyCommand(): Command {
  return new Command('classify')
    .description(
      'apply the rules of invalid traffic as they are now to the stored impressions: verdicts move both ways, and ' +
        'counters, rollups and screens follow; servers may run and others may write meanwhile',
    )
    .option('--campaign <id>', 'one campaign instead of all', idOption('A campaign'))
    .addOption(new Option('--rule <name>', 'only what this rule moves').choices(trafficRules))
    .option('--dry-run', 'say what would move, and move nothing')
    .option('--json', 'answer with JSON')
    .addHelpText('after', help)
    .action(classify);
}

const help = `
The numbers of the rules stand in the table traffic_rule: change a threshold, raise its version, and run this. The list of
crawlers is a package's; a server with another version of it judges by another version of the rule user_agent.`;

async function classify({ json, ...options }: Options): Promise<void> {
  const result = await withRunningDatabase(readConfig(process.env), async (url) => {
    await assertSchemaIsCurrent(url);
    const progress = startProgress('classified');
    const wanted: ClassifyOptions = { ...options, onProgress: progress.tell };
    try {
      return await classifyDatabase(url, wanted);
    } finally {
      progress.stop();
    }
  });
  if (options.campaign !== undefined && result.campaigns === 0) {
    throw new CommandFailed(`There is no campaign ${options.campaign}.`);
  }
  const dryRun = options.dryRun === true;
  console.log(json ? JSON.stringify({ ...result, dryRun }) : reportText(result, dryRun));
}

function reportText({ campaigns, moves }: { campaigns: number; moves: TrafficMoves[] }, dryRun: boolean): string {
  const lines = moves.map(({ from, to, impressions }) =>
    from === to
      ? `${impressions} stay ${from}, by another rule or version`
      : `${impressions} ${dryRun ? 'would go' : 'went'} from ${from ?? 'valid'} to ${to ?? 'valid'}`,
  );
  const head = `Classified ${campaigns} campaign${campaigns === 1 ? '' : 's'}`;
  return moves.length === 0
    ? `${head}: nothing ${dryRun ? 'would move' : 'moved'}.`
    : [`${head}:`, ...lines].join('\n');
}
