-- A campaign with what is owed and paid.
--   total_invoices            all but void
--   total_impressions_billed  of those that are neither draft nor void
--   total_paid                amount - refund_amount of the paid
--   total_outstanding         outstanding_amount of the open
--   deposit_paid, final_settlement_paid: such an invoice is paid; last_billed_at: the newest issued_at
create or replace view campaign_with_payment_summary as
select
  p.*,
  i.total_invoices,
  i.total_impressions_billed,
  i.total_paid,
  i.total_outstanding,
  i.deposit_paid,
  i.final_settlement_paid,
  i.last_billed_at,
  i.invoices
from campaign_profile p
cross join lateral (
  select
    count(*) filter (where v.status <> 'void') as total_invoices,
    coalesce(sum(v.impressions_delivered) filter (where v.status not in ('draft', 'void')), 0) as total_impressions_billed,
    coalesce(sum(v.amount - coalesce(v.refund_amount, 0)) filter (where v.status = 'paid'), 0) as total_paid,
    coalesce(sum(v.outstanding_amount) filter (where v.status = 'open'), 0) as total_outstanding,
    coalesce(bool_or(v.status = 'paid' and v.invoice_type = 'deposit'), false) as deposit_paid,
    coalesce(bool_or(v.status = 'paid' and v.invoice_type = 'final_settlement'), false) as final_settlement_paid,
    max(v.issued_at) as last_billed_at,
    coalesce(json_agg(v order by v.id) filter (where v.id is not null), '[]') as invoices
  from campaign_invoices v
  where v.campaign_id = p.id
) i;
