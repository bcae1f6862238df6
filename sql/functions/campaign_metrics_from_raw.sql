-- The metrics of campaign_with_full_metrics for one campaign, counted from the five tables alone: the proof beside the
-- projections. Definitions as in that view; slow in proportion to the campaign's rows.
create or replace function campaign_metrics_from_raw(campaign_id bigint) returns table (
  impressions bigint, impressions_delivered bigint, reach bigint, clicks bigint, conversions bigint,
  likes bigint, shares bigint, comments bigint, saves bigint, followers bigint,
  viewability_rate numeric, click_through_rate numeric, conversion_rate numeric, engagement_rate numeric,
  frequency numeric, marketing_efficiency_ratio numeric
)
language sql stable rows 1
as $$
  select c.impressions, c.impressions, c.reach, c.clicks, c.conversions,
    c.likes, c.shares, c.comments, c.saves, c.bookmarks,
    coalesce(round(c.viewable::numeric / nullif(c.impressions, 0), 6), 0),
    coalesce(round(c.clicks::numeric / nullif(c.impressions, 0), 6), 0),
    coalesce(round(c.conversions::numeric / nullif(c.clicks, 0), 6), 0),
    coalesce(round((c.likes + c.shares + c.comments + c.saves + c.bookmarks)::numeric / nullif(c.impressions, 0), 6), 0),
    coalesce(round(c.impressions::numeric / nullif(c.reach, 0), 6), 0),
    coalesce(round(c.conversions::numeric / nullif(b.billed, 0), 6), 0)
  from campaign_counters_from_raw(campaign_metrics_from_raw.campaign_id, 0) c, (
    select sum(i.amount - coalesce(i.refund_amount, 0)) as billed
    from campaign_invoices i
    where i.campaign_id = campaign_metrics_from_raw.campaign_id
      and i.invoice_type in ('cycle', 'final_settlement') and i.status not in ('draft', 'void')
  ) b
$$;
