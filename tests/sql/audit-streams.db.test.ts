import { beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';
import { audited } from './counting-play.ts';

let db: Psql;

/** `campaign:1` has four events at versions 2 to 5, `elsewhere` three at 1 to 3, `user:7` none. */
beforeAll(async () => {
  db = await psql();
  const [id = 0] = await db.campaigns(1);
  for (const user of [1, 2, 3, 4]) await db.engage(id, user, 'comment');
  await db.run(`select lock_streams(array['elsewhere', 'user:7'])`);
  const claimed = `select publish(array['elsewhere'], array['elsewhere'], array['elsewhere:claimed'], array['{}'::jsonb])`;
  await db.run(claimed);
  await db.run(claimed);
  await db.run(claimed);
});

async function found(sql: string): Promise<string[]> {
  await db.run('begin');
  try {
    await db.run(sql);
    const rows = await audited(db.client);
    return rows.map(({ projection, key, stored, counted }) => `${projection} ${key}: ${stored}; ${counted}`).sort();
  } finally {
    await db.run('rollback');
  }
}

const log = (stream: string, rest: string) => `live_stream ${stream}: ${rest}`;
const of = (stream: string) => `from live_event where stream = '${stream}'`;

it.each([
  ['nothing where nothing is wrong', 'select', []],
  [
    'nothing where the oldest events left the window',
    `update live_event set at = now() - interval '25 hours' where stream = 'elsewhere' and seq < 3 or stream = 'campaign:1';
     select keep_event_window(24)`,
    [],
  ],
  ['nothing where an epoch began', `select begin_epoch(array['elsewhere', 'user:7'])`, []],
  [
    'a beginning that is missing',
    `delete ${of('campaign:1')} and seq = 1`,
    [log('campaign:1', 'from 1 to head 4; 3 events of 3 seqs from 2 to 4')],
  ],
  [
    'a log that is missing',
    `delete ${of('elsewhere')}`,
    [log('elsewhere', 'from 1 to head 3; 0 events of 0 seqs from  to ')],
  ],
  [
    'a hole',
    `delete ${of('campaign:1')} and seq = 2`,
    [log('campaign:1', 'from 1 to head 4; 3 events of 3 seqs from 1 to 4')],
  ],
  [
    'a hole in a stream of no campaign',
    `delete ${of('elsewhere')} and seq = 2`,
    [log('elsewhere', 'from 1 to head 3; 2 events of 2 seqs from 1 to 3')],
  ],
  [
    'an end that is missing',
    `delete ${of('elsewhere')} and seq = 3`,
    [log('elsewhere', 'from 1 to head 3; 2 events of 2 seqs from 1 to 2')],
  ],
  [
    'a head that is behind',
    `update live_stream set head = 2 where stream = 'elsewhere'; truncate live_outbox`,
    [log('elsewhere', 'from 1 to head 2; 3 events of 3 seqs from 1 to 3')],
  ],
  [
    'a seq given twice, also when another is missing for it',
    `delete ${of('elsewhere')} and seq = 2;
     insert into live_event select stream, seq, version, name, at + interval '1 second', data ${of('elsewhere')} and seq = 3`,
    [log('elsewhere', 'from 1 to head 3; 3 events of 2 seqs from 1 to 3')],
  ],
  [
    'a version behind the log',
    `truncate live_outbox; update live_stream set version = 1 where stream = 'elsewhere'`,
    [log('elsewhere', 'version 1; versions up to 3 in the log, falling 0 times')],
  ],
  [
    'versions that fall along the log',
    `update live_event set version = 3 where stream = 'elsewhere' and seq = 1`,
    [log('elsewhere', 'version 3; versions up to 3 in the log, falling 1 times')],
  ],
  [
    'a version behind a projection',
    'update campaign_counters set version = 99',
    [log('campaign:1', 'version 4; version 99 of campaign_counters')],
  ],
  [
    'a version behind a comment’s',
    'update comment_counters set version = 98 where comment_id = 2',
    [log('campaign:1', 'version 4; version 98 of comment_counters')],
  ],
  [
    'a stream without a row',
    `truncate live_outbox; delete from live_stream where stream = 'elsewhere'`,
    [log('elsewhere', 'no row; null')],
  ],
  [
    'a campaign without a stream',
    `truncate live_outbox; ${`delete ${of('campaign:1')}`}; delete from live_stream where stream = 'campaign:1'`,
    [log('campaign:1', 'no row; null')],
  ],
  [
    'an outbox that names no stream',
    `insert into live_outbox (stream, after_seq, upto_seq, after_version) values ('user:9', 0, 0, 0)`,
    [log('user:9', 'no row; null')],
  ],
  [
    'an outbox that is ahead of its stream',
    `truncate live_outbox restart identity; insert into live_outbox (stream, after_seq, upto_seq, after_version) values ('user:7', 0, 1, 0)`,
    ['live_outbox 1: seq 0 to 1, version from 0; head 0, version 0'],
  ],
])('finds %s', async (_, sql, expected) => {
  expect(await found(sql)).toEqual(expected);
});
