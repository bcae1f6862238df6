-- The first step of every write of ours: takes the keys of a batch, waiting for whoever holds one of them, and answers
-- for each key that was there already. Keys are taken in order, before any stream lock, so batches never deadlock.
--   items: [{"o": place, "scope", "key", "print"}], an item without a key is passed over
create or replace function claim_receipts(items jsonb)
returns table (o integer, outcome text, status integer, body jsonb)
language plpgsql
as $$
begin
  return query
  with asked as (
    select i.o, i.scope, i.key, i.print
    from jsonb_to_recordset(items) as i (o integer, scope text, key text, print text)
    where i.key is not null
  ), claimed as (
    insert into write_receipt (scope, key, fingerprint)
    select a.scope, a.key, a.print from asked a order by a.scope, a.key
    on conflict do nothing
    returning write_receipt.scope, write_receipt.key
  )
  select a.o, 'claimed', null::integer, null::jsonb from asked a join claimed c using (scope, key);

  return query
  select a.o, case when r.fingerprint <> a.print then 'idempotency_mismatch' else 'replayed' end, r.status, r.body
  from jsonb_to_recordset(items) as a (o integer, scope text, key text, print text)
  join write_receipt r on r.scope = a.scope and r.key = a.key
  where a.key is not null and r.status is not null;
end
$$;
