-- The advisory lock of whoever changes the sanctions of a user.
create or replace function sanctions_lock(person bigint) returns bigint
language sql immutable parallel safe
as $$ select hashtextextended('sanctions of ' || person, 0) $$;
