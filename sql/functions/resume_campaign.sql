-- Lets a campaign go on that a low balance paused, and only such a one: 'resumed', or null. The caller holds lock_billing.
-- What its balance is now is excused: it is paused again when the grace period is over and it has sunk further.
create or replace function resume_campaign(campaign bigint) returns text
language plpgsql
as $$
declare
  p campaign_profile;
  seen bigint;
begin
  select * into p from campaign_profile where id = campaign;
  if campaign_status(p) <> 'paused'
    or not exists (select from low_balance where campaign_id = campaign and paused_at = p.paused_at)
  then
    return null;
  end if;
  select impressions into seen from campaign_counters where campaign_id = campaign;
  update low_balance set paused_at = null, since = now(), excused = remaining_balance(p, seen) where campaign_id = campaign;
  update campaign_profile set paused_at = null, pause_reason = null, status_at = now(), updated_at = now() where id = campaign;
  perform note_balance(p, seen);
  return 'resumed';
end
$$;
