-- Charges again what these invoices charged before they were void, as another writer says that they are not. Refused where
-- that would bill an impression twice, or settle a campaign twice. What was judged invalid or deleted since is credited.
-- The caller holds lock_billing.
create or replace function restore_charges(invoices bigint[]) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  if exists (select from campaign_invoices where id = any (invoices) and invoice_type = 'final_settlement') or exists (
    select from invoice_release r
    join campaign_invoices v on v.id = r.invoice_id
    join campaign_impressions i on i.id = r.impression_id
    where r.invoice_id = any (invoices) and (i.charged or i.campaign_id <> v.campaign_id)
  ) then
    raise check_violation using message = 'what this invoice charged was freed when it became void, and may be billed by now',
      constraint = 'a_void_invoice_stays_void', table = 'campaign_invoices';
  end if;
  insert into invoice_impression (impression_id, invoice_id, campaign_id)
  select r.impression_id, r.invoice_id, v.campaign_id
  from invoice_release r join campaign_invoices v on v.id = r.invoice_id
  where r.invoice_id = any (invoices) order by 1;
  update campaign_impressions i set charged = true, charged_at = v.issued_at
  from invoice_release r join campaign_invoices v on v.id = r.invoice_id
  where r.invoice_id = any (invoices) and i.id = r.impression_id;
  delete from invoice_release where invoice_id = any (invoices);
  perform credit_impressions(array(
    select l.impression_id from invoice_impression l join impression_verdict j using (impression_id)
    where l.invoice_id = any (invoices) order by 1), 'invalid traffic');
  perform credit_impressions(array(
    select l.impression_id from invoice_impression l left join campaign_impressions i on i.id = l.impression_id
    where l.invoice_id = any (invoices) and i.id is null order by 1), 'deleted impressions');
end
$$;
