-- Pauses a campaign whose balance has been low for its grace period, or lets one go on that this paused and whose balance
-- is not low any more: what was done, or null. One that somebody else let go on has a grace period from then.
create or replace function settle_low_balance(campaign bigint) returns text
language plpgsql
as $$
declare
  p campaign_profile;
  l low_balance;
  seen bigint;
  low boolean;
begin
  if not pg_try_advisory_xact_lock(hashtext('settle_low_balance'), (campaign % 2147483647)::integer) then return null; end if;
  -- Most of those noted wait for their grace period to end, or for money: nothing is locked to find that out.
  if not exists (
    select from low_balance n join campaign_profile q on q.id = n.campaign_id
    join campaign_counters c on c.campaign_id = n.campaign_id
    where n.campaign_id = campaign and (
      (n.paused_at is null and campaign_status(q) = 'live' and is_low(q, c.impressions)
        and n.since + make_interval(hours => least(greatest(q.grace_period_hours, 0), 1000000)) <= now()
        and coalesce(remaining_balance(q, c.impressions) < n.excused, true))
      or (n.paused_at is not null and (q.paused_at is distinct from n.paused_at or not is_low(q, c.impressions))))
  ) then
    return null;
  end if;
  perform lock_billing(array[campaign]);
  select * into p from campaign_profile where id = campaign;
  select * into l from low_balance where campaign_id = campaign;
  select impressions into seen from campaign_counters where campaign_id = campaign;
  if l.campaign_id is null or seen is null then return null; end if;
  low := is_low(p, seen);

  if l.paused_at is not null and p.paused_at is distinct from l.paused_at then
    update low_balance set paused_at = null, since = now() where campaign_id = campaign;
    perform note_balance(p, seen);
    return null;
  elsif l.paused_at is not null and not low then
    return resume_campaign(campaign);
  elsif l.paused_at is null and low and campaign_status(p) = 'live'
    and l.since + make_interval(hours => least(greatest(p.grace_period_hours, 0), 1000000)) <= now()
    and coalesce(remaining_balance(p, seen) < l.excused, true)
  then
    update low_balance set paused_at = now(), excused = null where campaign_id = campaign;
    update campaign_profile set paused_at = now(), pause_reason = 'low balance', status_at = now(), updated_at = now()
    where id = campaign;
    return 'paused';
  end if;
  return null;
end
$$;
