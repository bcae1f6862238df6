-- What follows from a campaign's impressions: a cycle that is full, a balance that is low. Noted in the transaction that
-- counts them, for the loop that acts.
create or replace function counters_moved() returns trigger
language plpgsql
as $$
begin
  perform note_billing_due(p, new.impressions), note_balance(p, new.impressions)
  from campaign_profile p where p.id = new.campaign_id;
  return null;
end
$$;

drop trigger if exists counters_moved on campaign_counters;
create trigger counters_moved after update on campaign_counters
for each row when (new.impressions <> old.impressions) execute function counters_moved();
