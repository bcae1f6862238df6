-- What campaign_counters has to hold for a campaign, from the raw rows alone. Metric definitions:
--   valid        an impression without a verdict; every valid impression is billable
--   comments     published comments and replies; held, rejected and removed ones don't count
--   reach        distinct viewers (user, else session) of valid impressions, exact
--   spend        the sum of cpi_rate over valid impressions
create or replace function campaign_counters_from_raw(campaign bigint, new_version bigint) returns campaign_counters
language sql stable
as $$
  select row(campaign, new_version, e.likes, e.shares, e.comments, e.saves, e.bookmarks,
    i.impressions, i.viewable, i.clicks, i.conversions, i.reach, i.spend)::campaign_counters
  from (
    select count(*) filter (where engagement_type = 'like' and parent_comment_id is null) as likes,
      count(*) filter (where engagement_type = 'share') as shares,
      count(*) filter (where engagement_type = 'comment' and comment_is_shown(s.status)) as comments,
      count(*) filter (where engagement_type = 'save') as saves,
      count(*) filter (where engagement_type = 'bookmark') as bookmarks
    from campaign_engagement r left join comment_state s on s.comment_id = r.id
    where r.campaign_id = campaign
  ) e, (
    select count(*) as impressions, count(*) filter (where is_viewable) as viewable,
      count(*) filter (where clicked) as clicks, count(*) filter (where converted) as conversions,
      count(distinct impression_viewer(user_id, session_id)) as reach, coalesce(sum(cpi_rate), 0) as spend
    from campaign_impressions r
    where r.campaign_id = campaign
      and not exists (select from impression_verdict v where v.impression_id = r.id)
  ) i
$$;
