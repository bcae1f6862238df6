-- A campaign with every metric, from the projections in constant time.
--   valid       an impression without a verdict of invalid traffic; only valid ones count, each of them is billable
--   reach       distinct viewers (user, else session), exact
--   viewability_rate = viewable / impressions; click_through_rate = clicks / impressions
--   conversion_rate = conversions / clicks; engagement_rate = total engagements / impressions
--   frequency = impressions / reach; followers = bookmarks
--   marketing_efficiency_ratio = conversions / sum of (amount - refund_amount) over cycle and final_settlement invoices
--     that are not draft or void
-- Rates are fractions with 6 decimals; a zero denominator gives 0, never an error.
create or replace view campaign_with_full_metrics as
select
  p.*,
  coalesce(c.impressions, 0) as impressions,
  coalesce(c.impressions, 0) as impressions_delivered,
  coalesce(c.reach, 0) as reach,
  coalesce(c.clicks, 0) as clicks,
  coalesce(c.conversions, 0) as conversions,
  coalesce(c.likes, 0) as likes,
  coalesce(c.shares, 0) as shares,
  coalesce(c.comments, 0) as comments,
  coalesce(c.saves, 0) as saves,
  coalesce(c.bookmarks, 0) as followers,
  coalesce(round(c.viewable::numeric / nullif(c.impressions, 0), 6), 0) as viewability_rate,
  coalesce(round(c.clicks::numeric / nullif(c.impressions, 0), 6), 0) as click_through_rate,
  coalesce(round(c.conversions::numeric / nullif(c.clicks, 0), 6), 0) as conversion_rate,
  coalesce(round((c.likes + c.shares + c.comments + c.saves + c.bookmarks)::numeric / nullif(c.impressions, 0), 6), 0)
    as engagement_rate,
  coalesce(round(c.impressions::numeric / nullif(c.reach, 0), 6), 0) as frequency,
  coalesce(round(c.conversions::numeric / nullif(b.billed, 0), 6), 0) as marketing_efficiency_ratio
from campaign_profile p
left join campaign_counters c on c.campaign_id = p.id
left join lateral (
  select sum(i.amount - coalesce(i.refund_amount, 0)) as billed
  from campaign_invoices i
  where i.campaign_id = p.id and i.invoice_type in ('cycle', 'final_settlement') and i.status not in ('draft', 'void')
) b on true;
