-- An invoice that is deleted leaves its credit notes void: there is nothing to take back any more, and their numbers stay.
-- A credit note that is deleted while its invoice stays is refused: its credit is in the invoice's refund.
create or replace function credit_note_orphaned() returns trigger
language plpgsql
as $$
begin
  if exists (
    select from before b join campaign_invoices i on i.id = b.invoice_id
    where not exists (select from campaign_invoices n where n.id = b.credit_note_id)
  ) then
    raise check_violation using message = 'a credit note stands in the refund of its invoice and can not go by itself',
      constraint = 'a_credit_note_goes_with_its_invoice', table = 'campaign_invoices';
  end if;
  update campaign_invoices n set status = 'void', updated_at = now()
  from before b where n.id = b.credit_note_id and n.status <> 'void';
  return null;
end
$$;

drop trigger if exists credit_note_orphaned on credit_note;
create trigger credit_note_orphaned after delete on credit_note
referencing old table as before
for each statement execute function credit_note_orphaned();
