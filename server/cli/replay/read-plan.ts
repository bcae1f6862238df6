import { CommandFailed } from '../failure.ts';
import { readJsonLines } from './json-lines.ts';
import type { Plan } from './plan.ts';
import { readIrc } from './read-irc.ts';
import { readStackExchange } from './read-stackexchange.ts';

interface PlanSource {
  file: string;
  votesFile?: string | undefined;
  limit?: number | undefined;
}

/** Reads a recorded discussion. The format shows in the first row. */
export async function readPlan({ file, votesFile, limit }: PlanSource): Promise<Plan> {
  const rows = await readJsonLines(file);
  const [first] = rows;
  if (hasFields(first, 'kind', 'html', 'created_ms')) return readStackExchange({ file, rows, votesFile, limit });
  if (hasFields(first, 'room', 'nick', 'reply_to')) {
    if (votesFile !== undefined) throw new CommandFailed('The irc-ubuntu format has no votes: leave --votes out.');
    return readIrc({ file, rows, limit });
  }
  throw new CommandFailed(`${file} is in neither of the two formats that are known, stackexchange and irc-ubuntu.`);
}

function hasFields(row: unknown, ...names: string[]): boolean {
  return typeof row === 'object' && row !== null && names.every((name) => name in row);
}
