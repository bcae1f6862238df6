-- list_comments for a moment in the past: `seq` is where the stream stood then, as far as its events are kept.
create or replace function list_comments_as_of(
  campaign bigint, parent bigint, sort text, page_size integer, moment timestamptz,
  after_likes bigint, after_at timestamptz, after_id bigint
) returns jsonb
language sql stable
as $$
  with sibling as (
    select t.*, row_number() over (order by
      case when sort = 'top' then t.likes end desc,
      case when sort = 'oldest' then t.created_at end, case when sort = 'oldest' then t.comment_id end,
      t.created_at desc, t.comment_id desc) as place
    from comments_as_of(campaign, moment) t
    where t.listed and t.parent_id is not distinct from parent
      and case when after_id is null then true
        when sort = 'top' then (t.likes, t.created_at, t.comment_id) < (after_likes, after_at, after_id)
        when sort = 'oldest' then (t.created_at, t.comment_id) > (after_at, after_id)
        else (t.created_at, t.comment_id) < (after_at, after_id) end
    order by place limit page_size + 1
  ), page as (
    select *, count(*) over () > page_size as is_more, row_number() over (order by place) as n from sibling
  )
  select jsonb_build_object(
    'items', coalesce((select jsonb_agg(document order by n) from page where n <= page_size), '[]'),
    'stream', s.stream, 'epoch', s.epoch,
    'seq', coalesce((select max(e.seq) from live_event e where e.stream = s.stream and e.at <= moment), 0),
    'next', (select jsonb_build_object('likes', likes, 'at', iso(created_at), 'id', comment_id, 'asOf', 0)
      from page where n = page_size and is_more))
  from live_stream s where s.stream = campaign_stream(campaign)
$$;
