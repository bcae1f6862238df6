-- A campaign with every metric, from the projections in constant time.
--   valid       an impression without a verdict of invalid traffic; only valid ones count, each of them is billable
--   reach       distinct viewers (user, else session), exact
--   viewability_rate = viewable / impressions; click_through_rate = clicks / impressions
--   conversion_rate = conversions / clicks; engagement_rate = total engagements / impressions
--   frequency = impressions / reach; followers = bookmarks
--   marketing_efficiency_ratio = conversions / sum of (amount - refund_amount) over cycle and final_settlement invoices
--     that are not draft or void
--   remaining_balance = campaign_budget - valid impressions × cpi_rate, as it is now; the profile's own column is that of
--     the last billing
-- Rates are fractions with 6 decimals; a zero denominator gives 0, never an error.
drop view if exists campaign_with_full_metrics;
create view campaign_with_full_metrics as
select
  p.id, p.name, p.description, p.objective, p.advertiser_id, p.brand_id, p.target_audiences, p.target_regions,
  p.target_placements, p.target_location, p.national_location, p.regional_country_code, p.national_country_code,
  p.campaign_budget, p.cpi_rate, p.billing_frequency, p.total_impressions_planned, p.start_date, p.submitted_date,
  p.launched_at, p.ended_at, p.paused_at, p.created_at, p.updated_at, p.verification_status, p.status_by,
  p.status_reason, p.status_at, p.is_verified, p.call_to_action, p.campaign_socials, p.auto_pause_on_low_balance,
  p.minimum_balance_threshold, p.grace_period_hours, p.deposit_percent, p.deposit_amount, p.cancellation_fee_percent,
  p.cancellation_fee_amount, p.outstanding_balance,
  remaining_balance(p, c.impressions) as remaining_balance, p.total_charged, p.amount_used,
  p.final_settlement_amount, p.cancelled_by_user_id, p.cancellation_reason, p.pause_reason,
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
