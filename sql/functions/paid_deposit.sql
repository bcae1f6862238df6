-- What was paid as a deposit and neither refunded nor taken off an invoice yet.
create or replace function paid_deposit(campaign bigint) returns numeric
language sql stable
as $$
  select greatest(0, coalesce(sum(case when i.invoice_type = 'deposit' and i.status = 'paid' then i.amount - i.refund_amount end), 0)
    - coalesce(sum(case when i.invoice_type <> 'deposit' then i.deposit_amount end), 0))
  from campaign_invoices i where i.campaign_id = campaign and i.status <> 'void'
$$;
