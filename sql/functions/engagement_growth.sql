-- By how much a campaign's engagement by others grew since its owner read of it, each kind by itself and none below zero:
-- a like that is taken back takes one away, whichever it was. No row for who does not hear of the campaign (any more):
-- what they were told stands as it is.
create or replace function engagement_growth(campaign bigint, reader bigint)
returns table (count bigint, data jsonb, upto notification_values)
language sql stable rows 1
as $$
  select g.likes + g.shares + g.comments + g.saves + g.bookmarks,
    jsonb_build_object('likes', g.likes, 'shares', g.shares, 'comments', g.comments, 'saves', g.saves, 'bookmarks', g.bookmarks),
    v.now_is
  from (select engagement_of_others(campaign, reader) as now_is offset 0) v
  left join notification_mark m on m.campaign_id = campaign and m.user_id = reader
  cross join lateral (
    select greatest((v.now_is).likes - coalesce((m.seen).likes, 0), 0) as likes,
      greatest((v.now_is).shares - coalesce((m.seen).shares, 0), 0) as shares,
      greatest((v.now_is).comments - coalesce((m.seen).comments, 0), 0) as comments,
      greatest((v.now_is).saves - coalesce((m.seen).saves, 0), 0) as saves,
      greatest((v.now_is).bookmarks - coalesce((m.seen).bookmarks, 0), 0) as bookmarks
  ) g
  where exists (
    select from campaign_profile p join advertiser_member a using (advertiser_id) where p.id = campaign and a.user_id = reader)
$$;
