-- Billed impressions that another writer deletes: what they were charged is credited, as for invalid traffic. Named so
-- that it runs before the triggers that count, and takes its locks before theirs.
--   1. charges that are there already: profiles before streams, as all billing does
--   2. else the streams, and a second look: a closing that was under way is over now, and what it charged is seen
-- Found only then, the profile is locked after the stream; against somebody who bills this may be a deadlock.
create or replace function impression_gone() returns trigger
language plpgsql
as $$
declare
  gone bigint[] := array(select id from deleted order by id);
  campaigns bigint[] := array(select distinct campaign_id from deleted order by 1);
  billed boolean := exists (select from invoice_impression where impression_id = any (gone));
begin
  if billed then
    perform lock_billing(campaigns);
  else
    perform lock_streams(array(select campaign_stream(id) from unnest(campaigns) id order by 1));
    billed := exists (select from invoice_impression where impression_id = any (gone));
    if billed then perform lock_billing(campaigns); end if;
  end if;
  if billed then perform credit_impressions(gone, 'deleted impressions'); end if;
  return null;
end
$$;

drop trigger if exists impression_gone on campaign_impressions;
create trigger impression_gone after delete on campaign_impressions
referencing old table as deleted
for each statement execute function impression_gone();
