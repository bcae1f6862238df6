-- Comments that no rule has looked at, since another program wrote them: with an id above `past`, of the last day, in the
-- order of their ids, `most` at a time. Whoever writes through the door leaves a fingerprint in the same transaction. What a
-- moderator approved, and what nobody sees, is left alone.
create or replace function unjudged_comments(past bigint, most integer)
returns table (id bigint, "campaignId" bigint, "userId" bigint, text text)
language sql stable
as $$
  select e.id, e.campaign_id, e.user_id, e.comment_text
  from comment_counters c
  join campaign_engagement e on e.id = c.comment_id
  left join comment_state s on s.comment_id = c.comment_id
  where c.comment_id > past
    and e.engagement_type = 'comment' and e.comment_text is not null and e.created_at > now() - interval '1 day'
    and coalesce(s.status, 'published') = 'published'
    and not exists (select from comment_fingerprint f where f.comment_id = c.comment_id)
  order by c.comment_id limit most
$$;
