-- 0002, step 1 of the clean-up: billing moves to the invoices; campaign_invoices 19 → 27 columns.
--
-- For the operator: instant at any size, as a constant default rewrites no row.

alter table campaign_invoices
  add column billing_cycle_number integer,
  add column billing_period_start timestamptz,
  add column billing_period_end timestamptz,
  add column discount_amount numeric(14, 2) not null default 0,
  add column tax_amount numeric(14, 2) not null default 0,
  add column refund_amount numeric(14, 2) not null default 0,
  add column payment_method text,
  add column invoice_pdf_url text;

-- An earlier rollback of this step set the values of these columns aside: they come back where the invoice still stands.
do $$
begin
  if to_regclass('campaign_invoices_billing_backup') is null then
    return;
  end if;
  alter table campaign_invoices disable trigger user; -- giving a value back is no edit: updated_at stays
  update campaign_invoices i
  set billing_cycle_number = b.billing_cycle_number,
    billing_period_start = b.billing_period_start,
    billing_period_end = b.billing_period_end,
    discount_amount = b.discount_amount,
    tax_amount = b.tax_amount,
    refund_amount = b.refund_amount,
    payment_method = b.payment_method,
    invoice_pdf_url = b.invoice_pdf_url
  from campaign_invoices_billing_backup b
  where b.id = i.id;
  alter table campaign_invoices enable trigger user;
  drop table campaign_invoices_billing_backup;
end
$$;
