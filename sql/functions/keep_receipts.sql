-- The last step of every write of ours: keeps the answers of what was done and gives up the keys of what was refused,
-- so that a refused write may be tried again with its key.
create or replace function keep_receipts(items jsonb, answers write_answer[]) returns void
language plpgsql
as $$
begin
  update write_receipt r set status = a.status, body = a.body
  from jsonb_to_recordset(items) as i (o integer, scope text, key text)
  join unnest(answers) a on a.o = i.o
  where i.key is not null and a.status between 200 and 299 and r.scope = i.scope and r.key = i.key and r.status is null;

  delete from write_receipt r
  using jsonb_to_recordset(items) as i (o integer, scope text, key text)
  where i.key is not null and r.scope = i.scope and r.key = i.key and r.status is null;
end
$$;
