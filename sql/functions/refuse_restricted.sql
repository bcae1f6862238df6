-- Adds to the refusals of a batch those of its restricted users. Only what a user may not know of goes before: 404.
create or replace function refuse_restricted(
  refused write_answer[], places integer[], users bigint[], campaigns bigint[], kinds text[]
) returns write_answer[]
language plpgsql stable
as $$
declare
  restricted write_answer[] := restricted_writes(places, users, campaigns, kinds);
begin
  if cardinality(restricted) = 0 then return refused; end if;
  return array(
    select case when c.outcome in ('unknown_campaign', 'unknown_comment') or r.o is null then c else r end
    from unnest(refused) c full join unnest(restricted) r on r.o = c.o);
end
$$;
