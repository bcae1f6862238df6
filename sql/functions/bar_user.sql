-- Takes a user's private streams from their sockets until then ('infinity': for good; null: gives them back), and leaves
-- their tokens alone: a banned writer is still to hear `banned` over HTTP, and not that the token is bad.
create or replace function bar_user(wanted bigint, until timestamptz, why text default null) returns void
language sql
as $$
  insert into user_access (user_id, barred_until, reason) values (wanted, until, why)
  on conflict (user_id) do update set barred_until = excluded.barred_until, reason = excluded.reason
$$;
