-- What rules ask about who wrote a text and about texts like it, for many texts at once.
--   items: [{"o", "u", "exact", "bands", "self"}], self the comment whose text it is to be, or null; one row for each: the author's record, and what was posted in the last day by
--   the same author, with the same words, or nearly so (newest first, at most 20 of each).
-- Counts stop at 1,000: past that nobody is new.
create or replace function submission_contexts(items jsonb)
returns table (o integer, author jsonb, recent jsonb)
language sql stable
as $$
  with item as (
    select * from jsonb_to_recordset(items) as i (o integer, u bigint, exact text, bands integer[], self bigint)
  )
  select i.o,
    jsonb_build_object('userId', i.u, 'firstCommentAt', iso(a.first_at), 'comments', a.comments,
      'rejections', a.rejections, 'premod', exists (
        select from user_sanction s
        where s.user_id = i.u and s.kind = 'premod' and s.lifted_at is null and s.campaign_id is null
          and (s.until is null or s.until > now()))),
    coalesce(r.posts, '[]')
  from item i
  cross join lateral (
    select count(*) as comments, min(e.created_at) as first_at,
      count(*) filter (where s.status = 'rejected') as rejections
    from (
      select id, created_at from campaign_engagement
      where user_id = i.u and engagement_type = 'comment' and id is distinct from i.self order by id desc limit 1000
    ) e
    left join comment_state s on s.comment_id = e.id
  ) a
  cross join lateral (
    select jsonb_agg(jsonb_build_object('commentId', e.id, 'campaignId', e.campaign_id, 'userId', e.user_id,
      'text', e.comment_text, 'at', iso(e.created_at)) order by e.id desc) as posts
    from campaign_engagement e
    where e.engagement_type = 'comment' and e.id is distinct from i.self and e.id in (
      (select id from campaign_engagement
       where user_id = i.u and engagement_type = 'comment' and created_at > now() - interval '1 day'
       order by id desc limit 20)
      union
      (select comment_id from comment_fingerprint
       where exact = i.exact and at > now() - interval '1 day' order by at desc limit 20)
      union
      (select comment_id from comment_fingerprint
       where bands && i.bands and at > now() - interval '1 day' order by at desc limit 20))
  ) r
$$;
