-- The impressions of one viewer, out of those from `since` to a minute after `upto`, that come after `most` others within
-- a minute. All rows are counted, valid or not, in the order of their time: so it does not matter in which they arrive.
-- What is read is a range of campaign_impressions_by_viewer, from a minute before `since` on, and no more than `most` of that.
create or replace function excess_impressions(campaign bigint, seen_by text, since timestamptz, upto timestamptz, most integer)
returns setof bigint
language sql stable
as $$
  select w.id
  from (
    select r.id, r.created_at, lag(r.created_at, most) over (order by r.created_at, r.id) as so_many_before
    from (
      (select i.id, i.created_at from campaign_impressions i
        where i.campaign_id = campaign and impression_viewer(i.user_id, i.session_id) = seen_by
          and i.created_at < since and i.created_at > since - interval '1 minute'
        order by i.created_at desc, i.id desc limit most)
      union all
      (select i.id, i.created_at from campaign_impressions i
        where i.campaign_id = campaign and impression_viewer(i.user_id, i.session_id) = seen_by
          and i.created_at >= since and i.created_at < upto + interval '1 minute')
    ) r
  ) w
  where w.created_at >= since and w.so_many_before > w.created_at - interval '1 minute'
$$;
