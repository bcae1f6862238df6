-- Ends every token of a user that was issued until now. Tokens carry whole seconds, so one of this very second is refused
-- too: a new sign-in counts from the next second on.
create or replace function revoke_user(wanted bigint, why text default null) returns timestamptz
language sql
as $$
  insert into user_access (user_id, tokens_from, reason) values (wanted, clock_timestamp(), why)
  on conflict (user_id) do update
  set tokens_from = greatest(user_access.tokens_from, excluded.tokens_from), reason = excluded.reason
  returning tokens_from
$$;
