-- Frees what these invoices charged, as they are void now; which it was is kept. The caller holds lock_billing.
create or replace function release_charges(invoices bigint[]) returns void
language plpgsql
as $$
begin
  with gone as (
    delete from invoice_impression where invoice_id = any (invoices) returning invoice_id, impression_id
  )
  insert into invoice_release (invoice_id, impression_id) select invoice_id, impression_id from gone
  order by 1, 2 on conflict do nothing;
end
$$;
