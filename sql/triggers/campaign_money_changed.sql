-- What follows from a campaign's profile, whoever wrote it: a deposit once it is verified, a settlement once it is over,
-- a balance that is low or is not any more, and a share of the plan or budget that is reached.
create or replace function campaign_money_changed() returns trigger
language plpgsql
as $$
declare
  verified bigint[];
  over bigint[];
  moved bigint[];
begin
  select array_agg(a.id order by a.id) filter (where s.now_is = 'verified' and s.was <> 'verified' and a.deposit_percent > 0),
    array_agg(a.id order by a.id) filter (where s.now_is in ('ended', 'cancelled') and s.was not in ('ended', 'cancelled')),
    array_agg(a.id order by a.id) filter (
      where (b.campaign_budget, b.cpi_rate, b.minimum_balance_threshold, b.auto_pause_on_low_balance, b.billing_frequency,
          b.launched_at, b.total_impressions_planned)
        is distinct from (a.campaign_budget, a.cpi_rate, a.minimum_balance_threshold, a.auto_pause_on_low_balance,
          a.billing_frequency, a.launched_at, a.total_impressions_planned))
  into verified, over, moved
  from before b join after a using (id), lateral (
    select campaign_status(row(b.*)::campaign_profile) as was, campaign_status(row(a.*)::campaign_profile) as now_is
  ) s;
  if verified is null and over is null and moved is null then return null; end if;

  perform lock_billing(verified || over || moved);
  perform bill_deposit(id) from unnest(verified) id;
  insert into billing_due (campaign_id) select unnest(over) on conflict do nothing;
  perform note_billing_due(p, c.impressions), note_balance(p, c.impressions), note_milestones(p.id)
  from campaign_profile p join campaign_counters c on c.campaign_id = p.id where p.id = any (moved);
  return null;
end
$$;

drop trigger if exists campaign_money_changed on campaign_profile;
create trigger campaign_money_changed after update on campaign_profile
referencing old table as before new table as after
for each statement execute function campaign_money_changed();
