-- Back to 19 columns. What people put into the eight since then is set aside in campaign_invoices_billing_backup, and
-- the next way up gives it back; nothing is there when no invoice used them.

lock table campaign_invoices in access exclusive mode;

create table campaign_invoices_billing_backup as
select id, billing_cycle_number, billing_period_start, billing_period_end, discount_amount, tax_amount, refund_amount,
  payment_method, invoice_pdf_url
from campaign_invoices
where billing_cycle_number is not null
  or billing_period_start is not null
  or billing_period_end is not null
  or discount_amount is distinct from 0
  or tax_amount is distinct from 0
  or refund_amount is distinct from 0
  or payment_method is not null
  or invoice_pdf_url is not null;

do $$
declare
  kept bigint;
begin
  select count(*) into kept from campaign_invoices_billing_backup;
  if kept = 0 then
    drop table campaign_invoices_billing_backup;
  else
    raise warning '% invoices hold billing fields that the legacy shape has no room for: kept in campaign_invoices_billing_backup until the next way up', kept;
  end if;
end
$$;

alter table campaign_invoices
  drop column billing_cycle_number,
  drop column billing_period_start,
  drop column billing_period_end,
  drop column discount_amount,
  drop column tax_amount,
  drop column refund_amount,
  drop column payment_method,
  drop column invoice_pdf_url;
