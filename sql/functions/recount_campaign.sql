-- Counts a campaign anew from the five tables (and the side tables of statuses and verdicts) and corrects the
-- projections where they differ; only rows that were wrong get a new version. Holds the campaign's stream lock, so
-- writers of this campaign wait and no write is lost. The caller publishes.
create or replace function recount_campaign(campaign bigint) returns void
language plpgsql
as $$
declare
  next_version bigint;
begin
  perform lock_streams(array[campaign_stream(campaign)]);
  select version + 1 into next_version from live_stream where stream = campaign_stream(campaign);
  perform recount_comments(campaign, next_version);
  perform recount_impressions(campaign);
  perform recount_invalid_traffic(campaign);
  perform recount_moderation(campaign);

  insert into campaign_counters as c
  select (t).* from (select (campaign_counters_from_raw(campaign, next_version)) as t) raw
  on conflict (campaign_id) do update set
    version = excluded.version, likes = excluded.likes, shares = excluded.shares, comments = excluded.comments,
    saves = excluded.saves, bookmarks = excluded.bookmarks, impressions = excluded.impressions,
    viewable = excluded.viewable, clicks = excluded.clicks, conversions = excluded.conversions,
    reach = excluded.reach, spend = excluded.spend
  where (c.likes, c.shares, c.comments, c.saves, c.bookmarks, c.impressions, c.viewable, c.clicks, c.conversions,
      c.reach, c.spend)
    is distinct from (excluded.likes, excluded.shares, excluded.comments, excluded.saves, excluded.bookmarks,
      excluded.impressions, excluded.viewable, excluded.clicks, excluded.conversions, excluded.reach, excluded.spend);
end
$$;
