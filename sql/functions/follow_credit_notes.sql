-- Credit notes go where their invoice goes: drafts with a draft, void with a void one, else settled. One that somebody
-- moved by itself is refused: its credit is in the invoice's refund.
--   invoices: those that changed, notes among them. The caller holds lock_billing.
create or replace function follow_credit_notes(invoices bigint[]) returns void
language plpgsql
as $$
begin
  update campaign_invoices n set status = t.status, campaign_id = i.campaign_id, updated_at = now(),
    paid_at = case when t.status = 'paid' then coalesce(n.paid_at, now()) end
  from credit_note c join campaign_invoices i on i.id = c.invoice_id,
    lateral (values (case when i.status in ('draft', 'void') then i.status else 'paid' end)) t (status)
  where c.invoice_id = any (invoices) and n.id = c.credit_note_id
    and (n.status, n.campaign_id) is distinct from (t.status, i.campaign_id);
  if exists (
    select from credit_note c join campaign_invoices n on n.id = c.credit_note_id
    join campaign_invoices i on i.id = c.invoice_id
    where c.credit_note_id = any (invoices)
      and (n.campaign_id <> i.campaign_id
        or n.status <> case when i.status in ('draft', 'void') then i.status else 'paid' end)
  ) then
    raise check_violation using message = 'a credit note stands in the refund of its invoice and can not go by itself',
      constraint = 'a_credit_note_goes_with_its_invoice', table = 'campaign_invoices';
  end if;
end
$$;
