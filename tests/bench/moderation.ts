import { createTokens } from '../../server/platform/auth/tokens.ts';
import { makeLiveCampaigns, secret, signTokens } from './crowd.ts';
import { openConnection } from './keep-alive.ts';
import { aSecond, type ModeratedRound, measureModerated, openAudience, sockets } from './moderated.ts';
import type { Options } from './options.ts';
import { numberText, type Report, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';

/** From a reader's flag to the desk, and from a decision until the comment is gone from every socket that had it. */
export async function moderation(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  told(`moderation: starting the server and ${numberText(sockets)} sockets`);
  const round = await openDesk(stage, options);
  const results = await interleave(
    [{ name: 'ours', round }],
    options.rounds,
    (_, number, { toDesk, toMost, toLast, lost }) =>
      told(
        `moderation, round ${number}: flag → desk p50 ${ms(toDesk.p50)} p99 ${ms(toDesk.p99)}, decision → gone ` +
          `from 99.9 % p50 ${ms(toMost.p50)} p99 ${ms(toMost.p99)}, from all p99 ${ms(toLast.p99)}, lost ${lost}`,
      ),
  );
  const rounds = results.get('ours') ?? [];
  const row = (title: string, pick: (one: ModeratedRound) => { p50: number; p99: number }) => [
    title,
    spreadText(
      rounds.map((one) => pick(one).p50),
      1,
    ),
    spreadText(
      rounds.map((one) => pick(one).p99),
      1,
    ),
  ];
  const lost = rounds.reduce((sum, one) => sum + one.lost, 0);
  return {
    title:
      `Moderation: ${aSecond} comments a second reported and rejected, ${numberText(sockets)} sockets of the campaign; ` +
      `${options.rounds} rounds of ${options.seconds} s; median (min–max) of the rounds`,
    table: [
      ['', 'p50 ms', 'p99 ms'],
      row('flag → desk', ({ toDesk }) => toDesk),
      row('decision → gone from 99.9 % of the sockets', ({ toMost }) => toMost),
      row('decision → gone from the last socket', ({ toLast }) => toLast),
    ],
    notes: ['from the time in the row or in the log’s line, taken before its commit, to the receipt on the socket'],
    goals: [{ sentence: `every socket had every removal, and the desk every flag: ${lost} lost`, met: lost === 0 }],
    rounds: Object.fromEntries(results),
  };
}

const ms = (value: number) => `${numberText(value, 1)} ms`;
const readers = 100;

async function openDesk(stage: Stage, { seconds }: Options): Promise<() => Promise<ModeratedRound>> {
  const databaseUrl = await stage.database('moderation');
  const { port } = await startOurs(stage, databaseUrl);
  const [campaign = 0] = await makeLiveCampaigns(databaseUrl, 1);
  const tokens = await signTokens(readers);
  const claims = { sub: '9001', roles: ['moderator' as const], name: 'Moderator' };
  const moderator = (await createTokens({ kind: 'secret', secret }).sign?.(claims, '6h')) ?? '';
  const reader = (nth: number) => tokens[nth % readers] ?? '';
  const desk = { port, campaign, moderator, reader };
  const times = { desk: new Map<number, number>(), gone: new Map<number, number[]>() };
  await openAudience(desk, times);
  return async () => {
    const rows = await runSql<{ id: string }>(
      databaseUrl,
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 9002, 'comment', 'comment ' || n from generate_series(1, $2::int) n returning id`,
      [campaign, seconds * aSecond],
    );
    const comments = rows.map(({ id }) => Number(id));
    const connection = await openConnection(port); // one that idles until the machine is quiet would be closed
    try {
      return await measureModerated({ ...desk, connection }, times, comments);
    } finally {
      connection.close();
    }
  };
}
