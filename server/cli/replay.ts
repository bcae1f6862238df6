import { open } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { isImpressionsHeader } from './replay/impressions/read-rows.ts';
import { impressionReportText } from './replay/impressions/report.ts';
import { replayImpressions } from './replay/impressions/run.ts';
import { reportText } from './replay/report.ts';
import { type ReplayOptions, runReplay } from './replay/run-replay.ts';

/** `replay`: a recorded discussion through the HTTP door, watched live, with a verdict at the end. */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'post a recorded discussion, or recorded impressions, through the HTTP door of a server; a discussion while live ' +
        'clients watch. Then compare what was sent, what the database holds and what is shown; exits 1 if anything differs',
    )
    .argument(
      '<file>',
      'JSONL in the stackexchange or irc-ubuntu format, or CSV of impressions: timestamp, campaign, position, click',
    )
    .option('--votes <file>', 'votes on the posts (stackexchange): each up vote is a like by an invented user')
    .addOption(
      new Option('--speed <max|N>', 'as fast as it goes, or N times as fast as it was recorded')
        .argParser(speed)
        .default(Infinity, 'max'),
    )
    .option('--url <url>', 'a running server (default: the one at http://localhost:3000, else one of its own)', url)
    .option('--watchers <n>', 'how many live clients watch', wholeNumber(0, 1_000), 3)
    .option('--limit <n>', 'only the first N posts', wholeNumber(1, 1e9))
    .option('--json', 'answer with JSON')
    .addHelpText('after', help)
    .action(async (file: string, { json, ...options }: ReplayOptions & { json?: true }) => {
      const config = readConfig(process.env);
      const [result, text] = isImpressionsHeader(await firstLine(file))
        ? await withText(replayImpressions(file, options, config), impressionReportText)
        : await withText(runReplay(file, options, config), reportText);
      console.log(json ? JSON.stringify(result, null, 2) : text);
      if (!result.ok) process.exitCode = 1;
    });
}

const help = `
The server has to be in demo mode, or its JWT_SECRET in the environment, so that each author can be signed in. Set its
DATABASE_URL too to have the clients compared with the rows themselves. A server of its own has a temporary database,
which is removed at the end.`;

async function withText<T>(running: Promise<T>, textOf: (result: T) => string): Promise<[T, string]> {
  const result = await running;
  return [result, textOf(result)];
}

/** Empty where the file can't be read: who reads it whole says why. */
async function firstLine(file: string): Promise<string> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '';
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}

function speed(value: string): number {
  const parsed = value === 'max' ? Infinity : Number(value);
  if (!(parsed > 0)) throw new InvalidArgumentError('A speed is max or a number above 0.');
  return parsed;
}

function url(value: string): string {
  if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value))
    throw new InvalidArgumentError('It has to be an http URL.');
  return value;
}

function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const parsed = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
    if (parsed >= least && parsed <= most) return parsed;
    throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
  };
}
