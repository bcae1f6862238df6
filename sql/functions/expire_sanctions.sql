-- Closes sanctions whose time is over, so that their users are told. They ceased to hold by themselves. Answers how many;
-- whom another program of ours has in hand is passed over.
create or replace function expire_sanctions(most integer) returns integer
language plpgsql
as $$
declare
  over bigint[];
begin
  over := array(
    with due as materialized (
      select id, user_id from user_sanction where lifted_at is null and until <= clock_timestamp() order by until limit most
    ), free as materialized (
      select user_id from (select distinct user_id from due) d where pg_try_advisory_xact_lock(sanctions_lock(user_id))
    )
    select s.id from user_sanction s
    where s.id in (select d.id from due d join free f using (user_id)) and s.lifted_at is null
    order by s.id for no key update skip locked);
  if cardinality(over) = 0 then return 0; end if;
  update user_sanction set lifted_at = until where id = any (over);
  return cardinality(over);
end
$$;
