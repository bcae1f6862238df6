-- The locks of everything that bills, in the order of the whole database: tables, then the campaigns' profiles, then
-- their streams. A transition of a campaign takes its profile before its stream too, so the two never deadlock.
create or replace function lock_billing(campaigns bigint[]) returns void
language plpgsql
as $$
begin
  perform lock_tables();
  perform from campaign_profile where id = any (campaigns) order by id for no key update;
  perform lock_streams(array(select distinct campaign_stream(id) from unnest(campaigns) id order by 1));
end
$$;
