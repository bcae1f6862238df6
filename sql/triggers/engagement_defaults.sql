-- Rows of other writers may leave brand_id out: it is the campaign's.
create or replace function engagement_defaults() returns trigger
language plpgsql
as $$
begin
  select p.brand_id into new.brand_id from campaign_profile p where p.id = new.campaign_id;
  return new;
end
$$;

drop trigger if exists engagement_defaults on campaign_engagement;
create trigger engagement_defaults before insert on campaign_engagement
for each row when (new.brand_id is null) execute function engagement_defaults();
