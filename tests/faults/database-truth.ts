import pg from 'pg';
import type { Database, StateEntry } from './history.ts';
import { glassLine } from './reader.ts';
import { entryOf, stateOf } from './recorder.ts';
import { nonceOf } from './writers.ts';

type Row = Record<string, unknown>;

/** All that the promises are held against, in one snapshot. The five tables and the log; nothing that a server told. */
export async function readTruth(url: string, campaignId: number): Promise<Database> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // The query rejects too.
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await readIn(client, campaignId);
  } finally {
    await client.end().catch(() => {});
  }
}

async function readIn(client: pg.Client, campaignId: number): Promise<Database> {
  const stream = `campaign:${campaignId}`;
  const all = async (text: string, value: unknown = campaignId): Promise<Row[]> =>
    (await client.query<Row>(text, [value])).rows;
  const [head] = await all('select epoch, head from live_stream where stream = $1', stream);
  const log = await all('select seq, name, data from live_event where stream = $1 order by seq', stream);
  const states = await all('select name, version, data from stream_states(array[$1], array[0])', stream);
  const comments = await all(commentsSql);
  const others = await all(
    `select id, user_id as by, engagement_type as type, parent_comment_id as comment from campaign_engagement
     where campaign_id = $1 and engagement_type <> 'comment'`,
  );
  const impressions = await all(
    `select coalesce(e.event_id::text, 'row ' || i.id) as event_id from campaign_impressions i
     left join impression_event e on e.impression_id = i.id where i.campaign_id = $1`,
  );
  const counters = states.find(({ name }) => name === 'campaign:counters')?.data as Row;
  return {
    epoch: String(head?.epoch),
    head: Number(head?.head),
    log: log.map((row) => entryOf(String(row.name), { seq: Number(row.seq), data: row.data })),
    states: states.map(
      (row): StateEntry => stateOf(String(row.name), { version: Number(row.version), data: row.data as object }),
    ),
    comments: comments.map(({ id, text, removed }) => ({
      id: Number(id),
      nonce: nonceOf(String(text)),
      text: String(text),
      removed: removed === true,
    })),
    reactions: others
      .filter(({ type }) => type !== 'share')
      .map(({ by, type, comment }) => (comment === null ? `${by} ${type}` : `${by} ${type} of ${comment}`)),
    shares: others.filter(({ type }) => type === 'share').map(({ id, by }) => ({ id: Number(id), by: Number(by) })),
    impressions: impressions.map(({ event_id }) => String(event_id)),
    glass: glass(comments, counters),
  };
}

const commentsSql = `
  select e.id, e.parent_comment_id as parent, e.comment_text as text, coalesce(s.status, 'published') = 'removed' as removed,
    c.likes, c.replies, c.descendants, row_number() over (order by e.created_at, e.id) as place
  from campaign_engagement e
  left join comment_state s on s.comment_id = e.id
  left join comment_counters c on c.comment_id = e.id
  where e.campaign_id = $1 and e.engagement_type = 'comment'
  order by e.id`;

function glass(comments: Row[], counters: Row): string[] {
  const shown = comments.filter(({ removed, descendants }) => !removed || Number(descendants) > 0);
  const roots = shown.filter(({ parent }) => parent === null);
  const top = roots.sort((a, b) => Number(a.place) - Number(b.place)).map(({ id }) => id);
  const named = ['likes', 'shares', 'comments', 'saves', 'bookmarks', 'impressions'];
  return [
    named.map((name) => `${name} ${counters?.[name] ?? 0}`).join(', '),
    `top ${top.reverse().join(' ')}`,
    ...shown.map(({ id, parent, removed, text, likes, replies, descendants }) =>
      glassLine({
        id: Number(id),
        parent: parent === null ? null : Number(parent),
        tallies: [likes, replies, descendants].map(Number),
        text: removed ? null : String(text),
      }),
    ),
  ];
}
