import { parseArgs } from 'node:util';

export const scenarioNames = ['likes', 'delivery'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Options {
  scenarios: ScenarioName[];
  /** Measured seconds of each round; the warm-up comes on top. */
  seconds: number;
  rounds: number;
  json: boolean;
  /** Where the CPU profile of one extra round of `likes` goes. */
  profileDir: string | null;
}

export class UsageError extends Error {
  override name = 'UsageError';
}

const usage = `npm run bench [-- [likes] [delivery] [--seconds N] [--rounds N] [--json] [--profile DIR]]
  likes      durable likes/s over HTTP, beside one insert and pg_notify in a transaction a request
  delivery   commit to client with 500 subscribers, beside Socket.IO with @socket.io/postgres-adapter
  --seconds  measured seconds of each round (10)
  --rounds   rounds of each side, alternating (3, which is also the least)
  --json     the result as JSON on stdout; progress stays on stderr
  --profile  one more round of likes under --cpu-prof; the profile goes to DIR`;

/** Reads the command line; anything it does not know is a UsageError with the usage. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const unknown = positionals.find((name) => !isScenario(name));
  if (unknown !== undefined || values.help) throw new UsageError(usage);
  const named = positionals.filter(isScenario);
  return {
    scenarios: named.length > 0 ? named : [...scenarioNames],
    seconds: wholeNumber(values.seconds, 1),
    rounds: wholeNumber(values.rounds, 3),
    json: values.json,
    profileDir: values.profile ?? null,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '10' },
        rounds: { type: 'string', default: '3' },
        json: { type: 'boolean', default: false },
        profile: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function isScenario(name: string): name is ScenarioName {
  return (scenarioNames as readonly string[]).includes(name);
}

function wholeNumber(text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > 3_600) throw new UsageError(usage);
  return number;
}
