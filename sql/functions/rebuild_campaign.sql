-- Recreates everything derived about one campaign and shows its watchers what changed. Writers of this campaign wait
-- for its length; none of their rows is lost. A version never falls, even where a projection's rows were gone.
create or replace function rebuild_campaign(campaign bigint) returns void
language plpgsql
as $$
begin
  perform lock_billing(array[campaign]);
  perform recount_campaign(campaign);
  perform recount_billing(campaign);
  perform publish(array[campaign_stream(campaign)], '{}', '{}', '{}');
end
$$;
