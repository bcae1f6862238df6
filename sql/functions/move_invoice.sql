-- Moves an invoice to another status: null when that is not legal from where it is.
--   draft → open, paid, void; open → paid, void, uncollectible; uncollectible → paid, void
-- Leaving the draft fixes what is asked for: amount - discount + tax - deposit - credits; one that was credited whole asks
-- for nothing, and is paid instead of open. What follows (charges that are free, credit notes) is done by the triggers.
create or replace function move_invoice(invoice bigint, target text, method text, transaction_id text)
returns campaign_invoices
language plpgsql
as $$
declare
  i campaign_invoices;
begin
  perform lock_billing(array(select campaign_id from campaign_invoices where id = invoice));
  select * into i from campaign_invoices where id = invoice for no key update;
  if i.invoice_type = 'credit_note' or not (i.status, target) in (('draft', 'open'), ('draft', 'paid'), ('draft', 'void'),
    ('open', 'paid'), ('open', 'void'), ('open', 'uncollectible'), ('uncollectible', 'paid'), ('uncollectible', 'void'))
  then
    return null;
  end if;

  if target = 'open' and i.invoice_type <> 'deposit' and i.refund_amount > 0
    and i.amount - i.discount_amount + i.tax_amount - i.deposit_amount - i.refund_amount <= 0
  then
    target := 'paid';
    method := coalesce(method, 'credit');
  end if;
  update campaign_invoices set
    status = target,
    outstanding_amount = case
      when target in ('paid', 'void') then 0
      when i.status = 'draft' and i.invoice_type <> 'deposit' then
        greatest(0, amount - discount_amount + tax_amount - deposit_amount - refund_amount)
      else outstanding_amount end,
    paid_at = case target when 'paid' then now() else paid_at end,
    due_date = case target when 'open' then now() + interval '30 days' else due_date end,
    payment_method = coalesce(method, payment_method),
    payment_transaction_id = coalesce(transaction_id, payment_transaction_id),
    updated_at = now()
  where id = invoice
  returning * into i;
  return i;
end
$$;
