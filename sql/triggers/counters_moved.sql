-- What follows from a campaign's counts, in the transaction that counts them: milestones; and from its impressions a
-- cycle that is full or a balance that is low, noted for the loop that acts. Row triggers with a condition, so that the
-- likes between two milestones cost nothing: a count passes a power of ten where its number of digits grows.
create or replace function counters_moved() returns trigger
language plpgsql
as $$
begin
  if new.impressions <> old.impressions then
    perform note_billing_due(p, new.impressions), note_balance(p, new.impressions)
    from campaign_profile p where p.id = new.campaign_id;
  end if;
  perform note_milestones(new.campaign_id);
  return null;
end
$$;

drop trigger if exists counters_moved on campaign_counters;
create trigger counters_moved after update on campaign_counters
for each row when (new.impressions <> old.impressions
  or length(new.likes::text) > length(old.likes::text) or length(new.shares::text) > length(old.shares::text)
  or length(new.comments::text) > length(old.comments::text) or length(new.saves::text) > length(old.saves::text)
  or length(new.bookmarks::text) > length(old.bookmarks::text) or length(new.viewable::text) > length(old.viewable::text)
  or length(new.clicks::text) > length(old.clicks::text) or length(new.conversions::text) > length(old.conversions::text)
  or length(new.reach::text) > length(old.reach::text))
execute function counters_moved();
