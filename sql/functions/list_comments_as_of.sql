-- list_comments for a moment in the past: `seq` is where the stream stood then, as far as its events are kept. All of the
-- campaign is counted for each page: for moderators and the owner, not for every reader.
drop function if exists list_comments_as_of(bigint, bigint, text, integer, timestamptz, bigint, timestamptz, bigint);
create or replace function list_comments_as_of(
  campaign bigint, parent bigint, sort text, page_size integer, previews integer, moment timestamptz,
  after_likes bigint, after_at timestamptz, after_id bigint
) returns jsonb
language sql stable
as $$
  with thread as materialized (
    select t as past, t.* from comments_as_of(campaign, moment) t where comment_is_listed(t.status, t.descendants)
  ), sibling as (
    select t.past, row_number() over (order by
      case when sort = 'top' then t.likes end desc,
      case when sort = 'oldest' then t.created_at end, case when sort = 'oldest' then t.comment_id end,
      t.created_at desc, t.comment_id desc) as place
    from thread t
    where t.parent_id is not distinct from parent
      and case when after_id is null then true
        when sort = 'top' then (t.likes, t.created_at, t.comment_id) < (after_likes, after_at, after_id)
        when sort = 'oldest' then (t.created_at, t.comment_id) > (after_at, after_id)
        else (t.created_at, t.comment_id) < (after_at, after_id) end
    order by place limit page_size + 1
  ), page as (
    select past, count(*) over () > page_size as is_more, row_number() over (order by place) as n from sibling
  ), preview as (
    select r.parent_id, jsonb_agg(past_comment_document(r.past, moment) order by r.n) as documents
    from (
      select t.parent_id, t.past,
        row_number() over (partition by t.parent_id order by t.created_at, t.comment_id) as n
      from thread t where previews > 0 and t.parent_id in (select (p.past).comment_id from page p)
    ) r where r.n <= previews
    group by r.parent_id
  )
  select jsonb_build_object(
    'items', coalesce((
      select jsonb_agg(past_comment_document(p.past, moment)
        || case when previews = 0 then '{}' else jsonb_build_object('replyPreview', coalesce(v.documents, '[]')) end order by p.n)
      from page p left join preview v on v.parent_id = (p.past).comment_id where p.n <= page_size), '[]'),
    'stream', s.stream, 'epoch', s.epoch,
    'seq', coalesce((select max(e.seq) from live_event e where e.stream = s.stream and e.at <= moment), 0),
    'next', (select jsonb_build_object(
        'likes', (past).likes, 'at', iso((past).created_at), 'id', (past).comment_id, 'asOf', 0)
      from page where n = page_size and is_more))
  from live_stream s where s.stream = campaign_stream(campaign)
$$;
