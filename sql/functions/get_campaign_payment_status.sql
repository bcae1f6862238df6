-- no_invoices      there are none but drafts and void ones
-- fully_paid       all of the others are paid
-- deposit_pending  a deposit is open
-- partially_paid   anything else
create or replace function get_campaign_payment_status(campaign_id bigint) returns text
language sql stable parallel safe
as $$
  select case
    when count(*) = 0 then 'no_invoices'
    when bool_and(i.status = 'paid') then 'fully_paid'
    when bool_or(i.status = 'open' and i.invoice_type = 'deposit') then 'deposit_pending'
    else 'partially_paid'
  end
  from campaign_invoices i
  where i.campaign_id = get_campaign_payment_status.campaign_id and i.status not in ('draft', 'void')
$$;
