-- Does a sanction hold now? A warning holds until it is acknowledged.
create or replace function sanction_holds(s user_sanction) returns boolean
language sql stable parallel safe
as $$
  select s.lifted_at is null and (s.until is null or s.until > clock_timestamp())
    and (s.kind <> 'warn' or s.acknowledged_at is null)
$$;
