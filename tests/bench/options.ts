import { parseArgs } from 'node:util';

export const scenarioNames = [
  'likes',
  'delivery',
  'fanout',
  'idle',
  'thread',
  'impressions',
  'metrics',
  'lineage',
  'audit',
  'stats',
  'export',
  'notifications',
  'rules',
  'moderation',
  'screens',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Options {
  scenarios: ScenarioName[];
  /** Measured seconds of each round; the warm-up comes on top. */
  seconds: number;
  rounds: number;
  /** Of the large campaign in `metrics`, `audit`, `stats` and `export`. */
  impressions: number;
  /** Of the campaign in `audit`. */
  engagements: number;
  /** Of the legacy database in `lineage`. */
  campaigns: number;
  /** Of the long thread in `thread`. */
  comments: number;
  json: boolean;
  /** Where the CPU profile of one extra round of `likes` goes. */
  profileDir: string | null;
}

export class UsageError extends Error {
  override name = 'UsageError';
}

const usage = `npm run bench [-- [likes] [delivery] [fanout] [idle] [thread] [impressions] [metrics] [lineage] [audit] [stats] [export] [notifications] [rules] [moderation] [screens] [--rounds N] [--json] …]
  likes          durable likes/s over HTTP, beside one insert and pg_notify in a transaction a request
  delivery       commit to client with 500 subscribers, beside Socket.IO with @socket.io/postgres-adapter
  fanout         a frame to 1,000 sockets, beside raw ws and stock Socket.IO
  idle           memory of 5,000 idle connections, beside stock Socket.IO
  thread         pages of a thread of 100,000 comments, beside those of one with a hundred
  impressions    impressions/s in batches of 500 over HTTP, beside COPY of the same rows without triggers
  metrics        the metrics of a campaign with a million impressions, beside those of one with a thousand
  lineage        a legacy database up to the head and down again
  audit          the audit of a large campaign: time, and memory of the process
  stats          a day's statistics of a million impressions over HTTP, and the same of a thousand
  export         a million rows as CSV: rows/s, memory of the server, and what another route costs meanwhile
  notifications  commit to the socket of whom it concerns, beside stock Socket.IO; and webhooks/s, beside bare posts
  rules          the moderation rules a comment, beside one regular expression of the listed words
  moderation     a flag to the desk, and a decision until the comment is gone from 1,000 sockets
  screens        commit to paint in a browser, its frames while one types or scrolls 10,000 comments, and the bundle
  --seconds      likes, delivery, fanout, notifications, moderation, screens: measured seconds of each round (10)
  --rounds       rounds of each side, alternating (3, which is also the least)
  --impressions  metrics, audit, stats, export: of the large campaign (1000000)
  --engagements  audit: of the large campaign (100000)
  --comments     thread: of the long one (100000)
  --campaigns    lineage: of the legacy database (100000)
  --json         the result as JSON on stdout; progress stays on stderr
  --profile DIR  one more round of likes under --cpu-prof; the profile goes to DIR`;

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
    impressions: wholeNumber(values.impressions, 1_000, 100_000_000),
    engagements: wholeNumber(values.engagements, 20, 100_000_000),
    comments: wholeNumber(values.comments, 1_000, 10_000_000),
    campaigns: wholeNumber(values.campaigns, 200, 10_000_000),
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
        impressions: { type: 'string', default: '1000000' },
        engagements: { type: 'string', default: '100000' },
        comments: { type: 'string', default: '100000' },
        campaigns: { type: 'string', default: '100000' },
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

function wholeNumber(text: string, least: number, most = 3_600): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) throw new UsageError(usage);
  return number;
}
