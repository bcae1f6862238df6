-- Moves the balances of campaigns by what their invoices were and are (campaign_balances_from_raw says what each one is):
-- as cheap with ten thousand invoices as with one. A campaign that was never billed here has balances of another program,
-- and gets them from all of its invoices. The caller holds lock_billing.
create or replace function move_balances(was campaign_invoices[], becomes campaign_invoices[]) returns void
language plpgsql
as $$
begin
  perform settle_balances(array(
    select distinct m.campaign_id from (select campaign_id from unnest(was) union select campaign_id from unnest(becomes)) m
    where not exists (select from campaign_billing k where k.campaign_id = m.campaign_id)));
  update campaign_profile p
  set total_charged = coalesce(p.total_charged, 0) + d.charged, amount_used = coalesce(p.amount_used, 0) + d.used,
    outstanding_balance = coalesce(p.outstanding_balance, 0) + d.outstanding,
    remaining_balance = p.campaign_budget - (coalesce(p.amount_used, 0) + d.used)
  from (
    select m.campaign_id, coalesce(sum(sign * amount) filter (where charges), 0) as charged,
      coalesce(sum(sign * (amount - refund_amount)) filter (where charges), 0) as used,
      coalesce(sum(sign * outstanding_amount) filter (where status in ('draft', 'open')), 0) as outstanding
    from (
      select -1 as sign, * from unnest(was) union all select 1, * from unnest(becomes)
    ) m, lateral (values (m.invoice_type in ('cycle', 'final_settlement') and m.status <> 'void')) k (charges)
    group by m.campaign_id
  ) d
  where p.id = d.campaign_id and (d.charged, d.used, d.outstanding) <> (0, 0, 0)
    and exists (select from campaign_billing k where k.campaign_id = p.id);
end
$$;
