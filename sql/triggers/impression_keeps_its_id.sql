-- The events of an impression name it by its id: an id that has any can not be changed.
create or replace function impression_keeps_its_id() returns trigger
language plpgsql
as $$
begin
  if exists (select from impression_event where impression_id = old.id) then
    raise exception 'impression % has events that name it', old.id using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;

drop trigger if exists impression_keeps_its_id on campaign_impressions;
create trigger impression_keeps_its_id before update of id on campaign_impressions
for each row when (old.id <> new.id) execute function impression_keeps_its_id();
