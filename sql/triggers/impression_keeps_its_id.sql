-- Events and invoices name an impression by its id: one that is named can not be changed.
create or replace function impression_keeps_its_id() returns trigger
language plpgsql
as $$
begin
  if exists (select from impression_event where impression_id = old.id) then
    raise exception 'impression % has events that name it', old.id using errcode = 'foreign_key_violation';
  end if;
  if exists (select from invoice_impression where impression_id = old.id)
    or exists (select from invoice_credit where impression_id = old.id)
  then
    raise exception 'impression % was billed', old.id using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;

drop trigger if exists impression_keeps_its_id on campaign_impressions;
create trigger impression_keeps_its_id before update of id on campaign_impressions
for each row when (old.id <> new.id) execute function impression_keeps_its_id();
