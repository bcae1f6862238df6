-- Was a campaign settled, by an invoice that stands?
create or replace function has_settlement(campaign bigint) returns boolean
language sql stable
as $$
  select exists (
    select from campaign_invoices
    where campaign_id = campaign and invoice_type = 'final_settlement' and status <> 'void')
$$;
