-- Bills one whole cycle of a campaign that was noted as due, or settles one that has ended: what was done, or null. A
-- campaign that another node is billing is left to it. What is still due afterwards is noted again.
create or replace function bill_due(campaign bigint) returns text
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  p campaign_profile;
begin
  if not pg_try_advisory_xact_lock(hashtext('bill_due'), (campaign % 2147483647)::integer) then return null; end if;
  perform lock_billing(array[campaign]);
  delete from billing_due where campaign_id = campaign;
  select * into p from campaign_profile where id = campaign;
  if campaign_status(p) in ('ended', 'cancelled') then
    if exists (
      select from campaign_invoices
      where campaign_id = campaign and invoice_type = 'final_settlement' and status <> 'void'
    ) then
      return null;
    end if;
    perform move_invoice(id, 'void', null, null) from campaign_invoices
    where campaign_id = campaign and invoice_type = 'deposit' and status = 'open';
    if (close_billing(campaign, 'final_settlement')).id is null then return null; end if;
    return 'settled';
  end if;

  if coalesce(p.billing_frequency, 0) <= 0 then return null; end if;
  if p.billing_frequency > (
    select count(*) from (
      select from campaign_impressions r
      where r.campaign_id = campaign and not r.charged
        and not exists (select from impression_verdict v where v.impression_id = r.id)
      limit p.billing_frequency
    ) enough
  ) then
    return null;
  end if;
  perform close_billing(campaign, 'cycle', p.billing_frequency);
  perform note_billing_due(p, c.impressions) from campaign_counters c where c.campaign_id = campaign;
  return 'billed';
end
$$;
