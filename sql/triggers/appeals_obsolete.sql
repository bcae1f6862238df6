-- An open appeal against a decision that was undone otherwise has nothing to ask for any more, and a notice that the
-- decision upheld is open again.
create or replace function appeals_obsolete() returns trigger
language plpgsql
as $$
begin
  if not exists (select from after where undoes is not null) then return null; end if;
  update moderation_appeal set status = 'obsolete', decided_at = clock_timestamp()
  where status = 'open' and decision_id in (select undoes from after where undoes is not null);
  update moderation_notice set status = 'open', decided_at = null, decided_by = null, outcome = null, decision_id = null
  where decision_id in (select undoes from after where undoes is not null);
  return null;
end
$$;

drop trigger if exists appeals_obsolete on moderation_log;
create trigger appeals_obsolete after insert on moderation_log
referencing new table as after
for each statement execute function appeals_obsolete();
