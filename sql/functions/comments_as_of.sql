-- A thread as it stood at a moment: who had written what, in which words, and what was shown. From the rows, the
-- revisions and the changes of status; so without what another program deleted outright since, and likes that were taken
-- back since are not counted. Counts all of the campaign: for moderators, not for every reader.
create or replace function comments_as_of(campaign bigint, moment timestamptz)
returns table (comment_id bigint, parent_id bigint, created_at timestamptz, likes bigint, descendants bigint,
  listed boolean, document jsonb)
language sql stable
as $$
  with recursive standing as (
    select e, c.depth, h.status, h.by, h.reason, comment_is_shown(h.status) as shown,
      coalesce(r.comment_text, e.comment_text) as comment_text,
      r.mentions as mentioned_then,
      coalesce(r.revision, s.revision, 1) as revision,
      case when coalesce(r.revision, s.revision, 1) > 1 then coalesce(r.written_at, s.edited_at) end as edited_at
    from campaign_engagement e
    join comment_counters c on c.comment_id = e.id
    left join comment_state s on s.comment_id = e.id
    left join lateral (
      -- Before the first change it was what that change says it was.
      select coalesce(
        (select row(h.status, h.by, h.reason)::comment_standing from comment_status_change h
         where h.comment_id = e.id and h.at <= moment order by h.id desc limit 1),
        (select row(coalesce(h.was, h.status), null, null)::comment_standing from comment_status_change h
         where h.comment_id = e.id order by h.id limit 1)) as state
    ) then_it_was on true
    cross join lateral (select (then_it_was.state).*) h
    left join lateral (
      select * from comment_revision r where r.comment_id = e.id and r.replaced_at > moment order by r.revision limit 1
    ) r on true
    where e.campaign_id = campaign and e.engagement_type = 'comment' and e.created_at <= moment
  ), above as (
    select (s.e).parent_comment_id as comment_id, 1 as distance from standing s
    where s.shown and (s.e).parent_comment_id is not null
    union all
    select c.parent_id, a.distance + 1
    from above a join comment_counters c on c.comment_id = a.comment_id where c.parent_id is not null
  ), below as (
    select a.comment_id, count(*) filter (where a.distance = 1) as replies, count(*) as descendants
    from above a group by a.comment_id
  ), liked as (
    select l.parent_comment_id as comment_id, count(*) as likes from campaign_engagement l
    where l.campaign_id = campaign and l.engagement_type = 'like' and l.parent_comment_id is not null
      and l.created_at <= moment
    group by l.parent_comment_id
  )
  select (s.e).id, (s.e).parent_comment_id, (s.e).created_at, coalesce(l.likes, 0), coalesce(b.descendants, 0),
    comment_is_listed(s.status, coalesce(b.descendants, 0)),
    d.document - case when s.mentioned_then is null then '' else 'mentions' end
      || case when s.shown then comment_mentions(s.mentioned_then) else '{}' end
  from standing s
  left join below b on b.comment_id = (s.e).id
  left join liked l on l.comment_id = (s.e).id
  left join person p on p.user_id = (s.e).user_id
  cross join lateral (
    select comment_document(
      jsonb_populate_record(s.e, jsonb_build_object('comment_text', s.comment_text)),
      row((s.e).id, campaign, (s.e).parent_comment_id, s.depth, (s.e).created_at, 0,
        coalesce(l.likes, 0), coalesce(b.replies, 0), coalesce(b.descendants, 0))::comment_counters,
      row((s.e).id, campaign, coalesce(s.status, 'published'), s.revision, s.edited_at, s.by, s.reason, moment)::comment_state,
      p.name) as document
  ) d
$$;
