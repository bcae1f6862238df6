import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { CommandFailed } from './failure.ts';
import type { Figures } from './train-rules/measure.ts';
import type { SpamFold } from './train-rules/validate-spam.ts';

interface Options {
  data: string;
  write?: true;
  json?: true;
}

/** `train-rules`: makes the models of the rules from labelled texts, and says how well they do on texts they have not seen. */
export function trainRulesCommand(): Command {
  return new Command('train-rules')
    .description(
      'train the models of the moderation rules: spam on the folder youtube-spam (JSON lines {text, spam}) beside ordinary ' +
        'texts from stackexchange and irc-ubuntu, abuse on abuse/labeled_data.csv; each video is left out in turn',
    )
    .requiredOption('--data <folder>', 'where those folders are')
    .option('--write', 'replace the models that the server uses')
    .option('--json', 'answer with JSON')
    .action(trainRules);
}

async function trainRules({ data, write, json }: Options): Promise<void> {
  if (!existsSync(path.join(data, 'youtube-spam'))) throw new CommandFailed(`There is no youtube-spam in ${data}.`);
  // Read only now: the command line of a server has no business with training.
  const { runTraining } = await import('./train-rules/run-training.ts');
  const report = await runTraining(data, write === true);
  if (json) return console.log(JSON.stringify(report, null, 2));
  const { spam, abuse, shipped } = report;
  console.log('Spam; each video judged by models that have not seen it, and by all other rules:');
  for (const fold of spam.folds) console.log(foldText(fold));
  console.log(`  all: ${both(spam.pooled)}`);
  console.log('Offensive language, five folds:');
  for (const fold of abuse) console.log(`  ${figuresText(fold)}`);
  console.log(`Held of ordinary texts by the models as they were: ${sharesText(shipped)}`);
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const figuresText = ({ precision, recall, items }: Figures) =>
  `precision ${percent(precision)}, recall ${percent(recall)} of ${items}`;
const both = ({ held, caught }: Pick<SpamFold, 'held' | 'caught'>) =>
  `held: ${figuresText(held)}; caught: ${figuresText(caught)}`;
const sharesText = (shares: Record<string, number>) =>
  Object.entries(shares)
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', ');
const foldText = (fold: SpamFold) => `  ${fold.video}: ${both(fold)}; held of ${sharesText(fold.heldOf)}`;
