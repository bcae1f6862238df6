import type pg from 'pg';
import { type DeskComment, demoModerator, deskComments } from './desk-content.ts';

/** Something reported, something held, and a decision that its author objects to, each by the door it comes in by. */
export async function seedDesk(client: pg.PoolClient, campaignId: number, thread: number[]): Promise<void> {
  await client.query(
    `insert into person (user_id, name) select * from unnest($1::bigint[], $2::text[]) on conflict do nothing`,
    [deskComments.map(({ author }) => author.id), deskComments.map(({ author }) => author.name)],
  );
  let flagger = 2_000;
  for (const comment of deskComments) {
    const parent = comment.replyTo === undefined ? null : (thread[comment.replyTo] ?? null);
    const { rows } = await client.query<{ id: number }>(
      `insert into campaign_engagement (campaign_id, user_id, profile_type, engagement_type, comment_text, parent_comment_id, created_at)
         values ($1, $2, 'user', 'comment', $3, $4, now() - make_interval(mins => $5)) returning id`,
      [campaignId, comment.author.id, comment.text, parent, comment.minutesAgo],
    );
    const id = rows[0]?.id ?? 0;
    if (comment.found) await find(client, id, comment);
    if (comment.isHeld) {
      await client.query(
        `insert into comment_state as s (comment_id, campaign_id, status, removed_by, removed_reason) values ($1, $2, 'pending', 'rule', $3)
         on conflict (comment_id) do update set status = 'pending', removed_by = 'rule', removed_reason = $3, changed_at = now()`,
        [id, campaignId, comment.found?.rule ?? 'premod'],
      );
    }
    for (const [reason, count] of comment.flags ?? [])
      for (let n = 0; n < count; n++)
        await client.query('select flag_comment($1, $2, $3, null, 3, 0, false)', [id, ++flagger, reason]);
    if (comment.rejected) await reject(client, id, comment, comment.rejected);
  }
}

async function find(client: pg.PoolClient, id: number, { text, found }: DeskComment): Promise<void> {
  const words = found?.words.map((word) => ({
    text: word,
    start: text.indexOf(word),
    end: text.indexOf(word) + word.length,
  }));
  await client.query(
    `insert into comment_rule_hit (comment_id, revision, rule, outcome, evidence, score, rules_version) values ($1, 1, $2, $3, $4, $5, 0)`,
    [id, found?.rule, found?.outcome, JSON.stringify({ words }), found?.score ?? null],
  );
}

async function reject(
  client: pg.PoolClient,
  id: number,
  { author }: DeskComment,
  { reason, explanation, appeal }: NonNullable<DeskComment['rejected']>,
): Promise<void> {
  const asked = [{ commentId: id, action: 'reject', reason, explanation, revision: 1 }];
  await client.query('select decide_comments($1, $2, $3, null)', [
    JSON.stringify(asked),
    demoModerator.id,
    demoModerator.name,
  ]);
  await client.query('select file_appeal($1, $2, $3, $4)', [id, author.id, author.name, appeal]);
}
