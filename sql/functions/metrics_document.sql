-- The data of `campaign:metrics`, for a campaign's owner: every count, the rates of campaign_with_full_metrics and the
-- money. Its version is that of the advertiser's stream, which every change of what stands here moves.
--   spend: the rates of the valid impressions added up, as each was when it was seen
--   remainingBalance: campaign_budget - valid impressions × cpi_rate; null without a budget
create or replace function metrics_document(campaign bigint) returns jsonb
language sql stable
as $$
  select jsonb_build_object('campaignId', m.id, 'likes', m.likes, 'shares', m.shares, 'comments', m.comments,
    'saves', m.saves, 'bookmarks', m.followers, 'impressions', m.impressions, 'viewable', coalesce(c.viewable, 0),
    'clicks', m.clicks, 'conversions', m.conversions, 'reach', m.reach, 'frequency', m.frequency,
    'spend', coalesce(c.spend, 0), 'remainingBalance', m.remaining_balance, 'viewabilityRate', m.viewability_rate,
    'clickThroughRate', m.click_through_rate, 'conversionRate', m.conversion_rate, 'engagementRate', m.engagement_rate,
    'marketingEfficiencyRatio', m.marketing_efficiency_ratio,
    'pacing', pacing_document(p, m.impressions, statement_timestamp()))
  from campaign_with_full_metrics m
  join campaign_profile p on p.id = m.id
  left join campaign_counters c on c.campaign_id = m.id
  where m.id = campaign
$$;
