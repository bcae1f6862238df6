-- Moves an invoice to another status: null when that is not legal from where it is.
--   draft → open, paid, void; open → paid, void, uncollectible; uncollectible → paid, void
-- What a void invoice charged is free again, and the next closing bills it. Leaving the draft fixes what is asked for:
-- amount - discount + tax - deposit - credits. Credit notes that waited with their draft go with it.
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

  if target = 'void' then
    delete from invoice_impression where invoice_id = invoice;
  end if;
  if i.status = 'draft' then
    update campaign_invoices set status = case target when 'void' then 'void' else 'paid' end, paid_at = now(), updated_at = now()
    where status = 'draft' and id in (select credit_note_id from invoice_credit where invoice_id = invoice);
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
