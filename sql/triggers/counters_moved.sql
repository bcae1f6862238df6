-- What follows from a campaign's counts, in the transaction that counts them: milestones; and from its impressions a
-- cycle that is full or a balance that is low, noted for the loop that acts. Row triggers with a condition, so that what
-- lies between two milestones costs nothing: a count passes a power of ten where its number of digits grows.
create or replace function counters_moved() returns trigger
language plpgsql
as $$
declare
  p campaign_profile;
begin
  if new.impressions <> old.impressions then
    select * into p from campaign_profile where id = new.campaign_id;
    if found then
      perform note_billing_due(p, new.impressions), note_balance(p, new.impressions);
    end if;
  end if;
  if length(new.impressions::text) > length(old.impressions::text)
    or length(new.likes::text) > length(old.likes::text) or length(new.shares::text) > length(old.shares::text)
    or length(new.comments::text) > length(old.comments::text) or length(new.saves::text) > length(old.saves::text)
    or length(new.bookmarks::text) > length(old.bookmarks::text) or length(new.viewable::text) > length(old.viewable::text)
    or length(new.clicks::text) > length(old.clicks::text) or length(new.conversions::text) > length(old.conversions::text)
    or length(new.reach::text) > length(old.reach::text)
    or share_of(p, new.impressions) > share_of(p, old.impressions)
  then
    perform note_milestones(new.campaign_id);
  end if;
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
