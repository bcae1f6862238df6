-- Notes every campaign that is due to be billed or low on money: those that were so before the triggers noted it.
create or replace function note_money() returns void
language plpgsql
as $$
declare
  found_campaign bigint;
begin
  for found_campaign in
    select p.id
    from campaign_profile p
    join campaign_counters c on c.campaign_id = p.id
    left join campaign_billing b on b.campaign_id = p.id
    where (campaign_status(p) in ('ended', 'cancelled') and c.impressions > b.charged
      and not exists (select from billing_due d where d.campaign_id = p.id))
    or campaign_status(p) in ('live', 'paused') and (
      (is_low(p, c.impressions) and not exists (select from low_balance l where l.campaign_id = p.id))
      or (p.billing_frequency > 0 and c.impressions - coalesce(b.charged, 0) >= p.billing_frequency
        and not exists (select from billing_due d where d.campaign_id = p.id)))
    order by p.id
  loop
    perform lock_billing(array[found_campaign]);
    perform note_billing_due(p, c.impressions), note_balance(p, c.impressions)
    from campaign_profile p join campaign_counters c on c.campaign_id = p.id where p.id = found_campaign;
  end loop;
end
$$;
