-- A changed row is news for every node, whoever changed it.
create or replace function user_access_changed() returns trigger
language plpgsql
as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end
$$;

drop trigger if exists user_access_changed on user_access;
create trigger user_access_changed before update on user_access
for each row execute function user_access_changed();
