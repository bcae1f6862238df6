-- Closes sanctions whose time is over, so that their users are told. They ceased to hold by themselves. Answers how many;
-- what another node has in hand is passed over.
create or replace function expire_sanctions(most integer) returns integer
language plpgsql
as $$
declare
  over bigint[];
begin
  over := array(
    select id from user_sanction where lifted_at is null and until <= clock_timestamp()
    order by until limit most for no key update skip locked);
  if cardinality(over) = 0 then return 0; end if;
  update user_sanction set lifted_at = until where id = any (over);
  return cardinality(over);
end
$$;
