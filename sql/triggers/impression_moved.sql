-- A billed impression that another writer moves to another campaign: the old one gets a credit, and the impression is free
-- for the new one's next closing. Named so that it runs before the triggers that count, and takes its locks before theirs.
create or replace function impression_moved() returns trigger
language plpgsql
as $$
declare
  moved bigint[];
  campaigns bigint[];
begin
  -- A full join: it is never done row by row, as a plan made for one row would do it for a million; and no condition that
  -- a null would fail, or it would be taken for an inner one. (An id that changed is refused where it is billed.)
  select array_agg(id order by id), array_agg(b.campaign_id) || array_agg(a.campaign_id) into moved, campaigns
  from before b full join after a using (id) where b.campaign_id is distinct from a.campaign_id;
  if moved is null then return null; end if;
  campaigns := array_remove(campaigns, null);
  perform lock_billing(array(select distinct unnest(campaigns) order by 1));
  if exists (select from invoice_impression where impression_id = any (moved)) then
    perform credit_impressions(moved, 'an impression of another campaign');
  end if;
  return null;
end
$$;

drop trigger if exists impression_moved on campaign_impressions;
create trigger impression_moved after update on campaign_impressions
referencing old table as before new table as after
for each statement execute function impression_moved();
