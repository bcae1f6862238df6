import type pg from 'pg';
import { withClient } from '../support/sql.ts';

/**
 * Live campaigns with everything that is derived: reactions, a thread with replies and likes of comments, impressions of
 * several viewers, hours and placements. By plain SQL, as another program would write them. Answers their ids.
 */
export async function activeCampaigns(url: string, count: number): Promise<number[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into campaign_profile (name, advertiser_id, verification_status, is_verified, submitted_date, launched_at)
       select 'Active ' || n, 5, 'verified', true, now(), now() from generate_series(1, $1::int) n returning id`,
      [count],
    );
    const ids = rows.map(({ id }) => Number(id));
    for (const id of ids) await addActivity(client, id);
    return ids;
  });
}

async function addActivity(client: pg.Client, campaign: number): Promise<void> {
  await client.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type)
     select $1, user_id, type from generate_series(1, 4) user_id, unnest('{like,save,share}'::text[]) type`,
    [campaign],
  );
  await client.query(
    `with thread as (
       insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, n, 'comment', 'a comment' from generate_series(1, 5) n returning id
     ), reply as (
       insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
       select $1, n, 'comment', 'a reply', (select min(id) from thread) from generate_series(1, 3) n
     )
     insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
     select $1, 9, 'like', id from thread`,
    [campaign],
  );
  await client.query(
    `insert into campaign_impressions (campaign_id, session_id, placement, device_type, cpi_rate, created_at, is_viewable)
     select $1, 's' || n % 7, (array['widget', 'popup'])[1 + n % 2], 'mobile', 0.01, now() - n * interval '20 minutes', n % 3 = 0
     from generate_series(1, 20) n`,
    [campaign],
  );
  await client.query(
    `with born as (
       select nextval(pg_get_serial_sequence('campaign_impressions', 'id')) as id, n from generate_series(1, 3) n
     ), judged as (
       insert into impression_verdict (impression_id, class, rule, rule_version) select id, 'crawler', 'user_agent', 1 from born
     )
     insert into campaign_impressions (id, campaign_id, session_id) overriding system value
     select id, $1, 'crawler ' || n from born`,
    [campaign],
  );
}
