-- The one place that knows how engagement is counted, for rows that appear (sign 1) and disappear (sign -1), whoever
-- wrote them. Locks the campaigns' streams, moves campaign_counters and comment_counters, and returns the streams.
-- A comment counts while it is shown: published or approved (comment_state; no row there means published).
create or replace function apply_engagement_changes(changes engagement_change[]) returns text[]
language plpgsql
as $$
declare
  touched text[] := array(select distinct campaign_stream(campaign_id) from unnest(changes) order by 1);
begin
  perform lock_streams(touched);

  insert into campaign_counters as c (campaign_id, version, likes, shares, comments, saves, bookmarks)
  select d.campaign_id, s.version + 1, d.likes, d.shares, d.comments, d.saves, d.bookmarks
  from (
    select campaign_id,
      coalesce(sum(sign) filter (where engagement_type = 'like' and parent_comment_id is null), 0) as likes,
      coalesce(sum(sign) filter (where engagement_type = 'share'), 0) as shares,
      coalesce(sum(sign) filter (where engagement_type = 'comment' and shown), 0) as comments,
      coalesce(sum(sign) filter (where engagement_type = 'save'), 0) as saves,
      coalesce(sum(sign) filter (where engagement_type = 'bookmark'), 0) as bookmarks
    from unnest(changes) group by campaign_id
  ) d
  join live_stream s on s.stream = campaign_stream(d.campaign_id)
  where (d.likes, d.shares, d.comments, d.saves, d.bookmarks) <> (0, 0, 0, 0, 0)
  on conflict (campaign_id) do update set
    version = excluded.version,
    likes = c.likes + excluded.likes,
    shares = c.shares + excluded.shares,
    comments = c.comments + excluded.comments,
    saves = c.saves + excluded.saves,
    bookmarks = c.bookmarks + excluded.bookmarks;

  if exists (select from unnest(changes) where engagement_type = 'comment' or parent_comment_id is not null) then
    perform count_below_comments(changes);
  end if;
  return touched;
end
$$;
