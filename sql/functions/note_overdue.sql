-- Notes open invoices that are past their due date, each once. Answers how many were found.
create or replace function note_overdue() returns bigint
language sql
as $$
  with found as (
    insert into invoice_overdue (invoice_id)
    select i.id from campaign_invoices i
    where i.status = 'open' and i.due_date < now()
      and not exists (select from invoice_overdue o where o.invoice_id = i.id)
    order by i.id limit 1000
    on conflict do nothing returning invoice_id
  ), noted as (
    select note_fact(i.campaign_id, 'invoice_overdue', i.id::text, invoice_note(i)) from found f
    join campaign_invoices i on i.id = f.invoice_id
  )
  select count(*) from noted
$$;
