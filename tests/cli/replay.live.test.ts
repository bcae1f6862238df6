import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { scratchPath } from '../support/scratch.ts';
import { deleteUnseen, threadIn } from './replayed-thread.ts';
import { fixture, runCli } from './run-cli.ts';

const secret = 'a secret of these tests alone';
const demo = { DEMO: '1', JWT_SECRET: secret, RATE_LIMITS: 'off' };
const thread = [fixture('thread.items.jsonl'), '--votes', fixture('thread.votes.jsonl')];

test('a thread with its votes arrives whole, at every watcher and in the database', { timeout: 60_000 }, async () => {
  await using database = await freshDatabase();
  await using server = await startServerProcess({ databaseUrl: database.url, env: demo });
  const env = { JWT_SECRET: secret, DATABASE_URL: database.url };
  const { code, stdout, stderr } = await runCli(
    ['replay', ...thread, '--url', server.url, '--watchers', '2', '--json'],
    env,
  );

  expect(code, stderr).toBe(0);
  const clean = { gaps: 0, duplicates: 0, resubscribes: 0, resets: 0 };
  const verdict = { documents: 10, count: 0, differences: [] };
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    format: 'stackexchange',
    campaigns: [{ name: 'Questions of 2020' }, { name: 'Questions of 2021' }],
    ...{ posts: 8, replies: 5, likes: 7, retries: 0 },
    refused: { count: 0, first: [] },
    delivery: { samples: 16 },
    afterAnswer: { samples: 16 },
    ...clean,
    watchers: [clean, clean],
    verdicts: [
      { of: 'database over HTTP', with: ['what was acknowledged'], ...verdict },
      { of: 'database over SQL', with: ['what was acknowledged'], ...verdict },
      { of: 'watcher 1', with: ['HTTP', 'SQL'], ...verdict },
      { of: 'watcher 2', with: ['HTTP', 'SQL'], ...verdict },
    ],
    votes: { posts: 8, likesEqualUps: 8, scored: 5, upMinusDownIsScore: 5, differences: [] },
  });
  expect(await threadIn(database.url)).toEqual(
    [
      [
        'mira',
        'How do you label seed jars?\n\nMine fade in one summer. What holds?\n\nBasil   2019\nDill    2018',
        null,
        2,
      ],
      ['tomas', 'Pencil on wood & wax over it.', 'How do you', 4],
      ['mira', 'Does the wax not crack in frost? <grin>', 'Pencil on ', 1],
      ['tomas', 'Written before what it answers, by its clock: beeswax does not.', 'Does the w', 0],
      ['olu', '(no text)', 'How do you', 0],
      ['deleted user', 'A reply to what nobody kept.', null, 0],
      ['olu', 'Is a cracked bell still a bell?', null, 0],
      ['mira', 'It rings "flat", but the herd comes.\n\n- solder\n- leave it', 'Is a crack', 0],
    ].toSorted(),
  );
});

test('rooms are played with demo sign-in alone, and the table says so', { timeout: 60_000 }, async () => {
  await using database = await freshDatabase();
  await using server = await startServerProcess({
    databaseUrl: database.url,
    env: { DEMO: '1', RATE_LIMITS: 'off', DATA_DIR: scratchPath('secret') },
  });
  const env = { DATA_DIR: scratchPath('none') };
  const { code, stdout, stderr } = await runCli(
    ['replay', fixture('rooms.jsonl'), '--url', server.url, '--watchers', '1'],
    env,
  );

  expect(code, stderr).toBe(0);
  expect(stdout).toContain(`rooms.jsonl (irc-ubuntu), 2 campaigns, ${server.url}`);
  expect(stdout).toContain('system messages, skipped: 1');
  expect(stdout).toContain('watcher 1 and HTTP: equal (7 comments and campaigns)');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('equal');
  expect(await threadIn(database.url)).toEqual([
    ['bo', 'two trees, both sulking', 'anyone her', 0],
    ['ines', 'anyone here grow quince?', null, 0],
    ['ines', 'the lathe hums at 50 Hz, is that the belt?', null, 0],
    ['ines', 'unloaded it is quiet <3', 'ines: belt', 0],
    ['pavel|away', 'ines: belt or mains, try it unloaded', 'the lathe ', 0],
  ]);
});

test('a row that is taken away behind the triggers is found, and the exit code says so', {
  timeout: 60_000,
}, async () => {
  await using database = await freshDatabase();
  await using server = await startServerProcess({ databaseUrl: database.url, env: demo });
  const env = { JWT_SECRET: secret, DATABASE_URL: database.url };
  // The recording lasts a year and a minute, so at this speed the second question comes after three seconds.
  const paced = [...thread, '--speed', String((366 * 86_400) / 3), '--watchers', '1'];
  const replaying = runCli(['replay', ...paced, '--url', server.url], env);
  await eventually(() => deleteUnseen(database.url, 'A reply to what nobody kept.', 7), { within: 20_000 });
  const { code, stdout } = await replaying;

  expect(code).toBe(1);
  expect(stdout).toMatch(/database over HTTP and what was acknowledged: differences: 1\n {2}comment \d+ is missing/);
  expect(stdout).toMatch(/watcher 1 and HTTP, SQL: differences: 4\n/);
  expect(stdout).toMatch(/comment \d+ should not be there \(by SQL\)/);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('NOT EQUAL');
});

test('a server that takes none of our tokens is told apart from one that is not there', {
  timeout: 60_000,
}, async () => {
  await using database = await freshDatabase();
  await using server = await startServerProcess({
    databaseUrl: database.url,
    env: { JWT_SECRET: secret, RATE_LIMITS: 'off' },
  });
  const stranger = { JWT_SECRET: 'a secret of somebody else' };
  const refused = await runCli(['replay', fixture('rooms.jsonl'), '--url', server.url], stranger);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('is not in demo mode and its JWT_SECRET is not in the environment');

  const absent = await runCli(['replay', fixture('rooms.jsonl'), '--url', 'http://127.0.0.1:9'], stranger);
  expect(absent).toEqual({
    code: 1,
    stdout: '',
    stderr: 'No server of this kind became ready at http://127.0.0.1:9.\n',
  });
});
