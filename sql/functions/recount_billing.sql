-- What billing derives of a campaign, from the rows: how many impressions are charged, and the profile's balances once it
-- has been billed; and the milestones it has passed. Only what is wrong is written.
create or replace function recount_billing(campaign bigint) returns void
language plpgsql
as $$
begin
  perform lock_billing(array[campaign]);
  -- Charges that nothing stands behind: of a void invoice, or of an impression that is gone or of another campaign.
  perform release_charges(array(
    select i.id from campaign_invoices i where i.campaign_id = campaign and i.status = 'void'
      and exists (select from invoice_impression l where l.invoice_id = i.id)));
  perform credit_impressions(array(
    select l.impression_id from invoice_impression l join campaign_impressions r on r.id = l.impression_id
    where l.campaign_id = campaign and r.campaign_id <> l.campaign_id order by 1), 'an impression of another campaign');
  perform credit_impressions(array(
    select l.impression_id from invoice_impression l left join campaign_impressions r on r.id = l.impression_id
    where l.campaign_id = campaign and r.id is null order by 1), 'deleted impressions');
  insert into campaign_billing as b (campaign_id, charged)
  select campaign, n from (select count(*) as n from invoice_impression where campaign_id = campaign) links
  where n > 0 or exists (select from campaign_billing where campaign_id = campaign)
  on conflict (campaign_id) do update set charged = excluded.charged where b.charged <> excluded.charged;
  if exists (select from campaign_billing where campaign_id = campaign) then
    perform settle_balances(array[campaign]);
  end if;
  -- Silently: of a milestone that is missing nobody knows whether it was told, and it is told once.
  insert into campaign_milestone (campaign_id, metric, value)
  select campaign, m.metric, m.value from milestones_of(campaign) m on conflict do nothing;
end
$$;
