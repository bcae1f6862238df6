-- Sets the discount and the tax of a draft, or what is refunded of a paid invoice (all of it, not what is added). Null: it
-- stays. Answers nothing for an unknown invoice, else the document, or why not:
--   illegal_invoice_change  of a credit note, of any but a draft (discount, tax), of any but a paid one (refund)
--   amount_out_of_range     a discount above the amount; a refund above it, or below what credit notes took back
create or replace function amend_invoice(invoice bigint, discount numeric, tax numeric, refund numeric)
returns table (refusal text, document jsonb)
language plpgsql
as $$
declare
  i campaign_invoices;
begin
  perform lock_billing(array(select campaign_id from campaign_invoices where id = invoice));
  select * into i from campaign_invoices where id = invoice for no key update;
  if not found then return; end if;
  if i.invoice_type = 'credit_note' or (coalesce(discount, tax) is not null and i.status <> 'draft')
    or (refund is not null and i.status <> 'paid')
  then
    return query select 'illegal_invoice_change', null::jsonb;
    return;
  end if;
  if discount > i.amount or refund > i.amount or refund < (
    select coalesce(sum(n.amount), 0) from credit_note c join campaign_invoices n on n.id = c.credit_note_id
    where c.invoice_id = invoice)
  then
    return query select 'amount_out_of_range', null::jsonb;
    return;
  end if;
  update campaign_invoices v set discount_amount = coalesce(discount, v.discount_amount), tax_amount = coalesce(tax, v.tax_amount),
    refund_amount = coalesce(refund, v.refund_amount), updated_at = now(),
    outstanding_amount = case when v.status <> 'draft' then v.outstanding_amount else greatest(0,
      v.amount - coalesce(discount, v.discount_amount) + coalesce(tax, v.tax_amount) - v.deposit_amount - v.refund_amount) end
  where v.id = invoice
  returning * into i;
  return query select null::text, invoice_document(i);
end
$$;
