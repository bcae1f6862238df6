-- Rows of other writers may leave out what the campaign knows: its brand and its rate. (insert_impressions has looked
-- them up for all of its rows, and says so: a campaign may have neither.)
create or replace function impressions_defaults() returns trigger
language plpgsql
as $$
begin
  select coalesce(new.brand_id, p.brand_id), coalesce(new.cpi_rate, p.cpi_rate)
  into new.brand_id, new.cpi_rate
  from campaign_profile p where p.id = new.campaign_id;
  return new;
end
$$;

drop trigger if exists impressions_defaults on campaign_impressions;
create trigger impressions_defaults before insert on campaign_impressions
for each row when ((new.brand_id is null or new.cpi_rate is null)
  and current_setting('campaign_pulse.defaults', true) is distinct from 'known')
execute function impressions_defaults();
