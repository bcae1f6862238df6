-- Whether a later event of the batch names an impression that is neither known nor taken with it. One that stands in the
-- batch and is refused may come by another campaign, and then has to find its event.
create or replace function has_to_wait(batch impression_item[], refused write_answer[]) returns boolean
language sql stable
as $$
  select exists (
    select from unnest(batch) i
    where i.type <> 'impression'
      and not exists (select from impression_event e where e.event_id = i."of" and e.type = 'impression')
      and i."of" not in (
        select n.event from unnest(batch) n
        where n.type = 'impression' and n.o not in (select k.o from unnest(refused) k)))
$$;
