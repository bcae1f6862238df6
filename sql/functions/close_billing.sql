-- Closes a cycle, or settles a campaign that has ended: one invoice over the oldest valid impressions that stand on none,
-- `most` at most (null: all), each of them marked as charged. Null when there is nothing to be billed.
--   amount = round(impressions × the campaign's cpi_rate now, 2); of a settlement also the cancellation fee
--   cancellation fee: cancellation_fee_percent of the budget that was not used, of a campaign that was cancelled after it
--     was live
--   deposit: what was paid of it is taken off the settlement, and what is left of it is refunded
-- An invoice begins as a draft, whose discount and tax may still be set; what it charges is in the balances already.
-- A settlement that the deposit covers is paid.
-- The profile is held for the whole length: it keeps out other closings, verdicts and ingest. The stream is locked only
-- by what is written last (the invoice), so that likes and comments go on while the impressions are marked.
--   1. the impressions are marked, under their rows' locks: what another program deleted or moved meanwhile is left out
--   2. the invoice over exactly these, its stream locked from here on; 3. its charges
-- One that somebody unmarked is marked again and not billed twice.
create or replace function close_billing(campaign bigint, kind text, most bigint default null) returns campaign_invoices
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  p campaign_profile;
  made campaign_invoices;
  chosen bigint[];
  begins timestamptz;
  ends timestamptz;
  fee numeric := 0;
  charge numeric;
  deposit numeric := 0;
begin
  perform lock_tables();
  select * into p from campaign_profile where id = campaign for no key update;
  if not found then return null; end if;

  with marked as (
    update campaign_impressions r set charged = true, charged_at = now()
    from (
      select k.id from campaign_impressions k
      where k.campaign_id = campaign and not k.charged
        and not exists (select from impression_verdict v where v.impression_id = k.id)
      order by k.id limit most
    ) oldest
    where r.id = oldest.id and r.campaign_id = campaign and not r.charged
    returning r.id, r.created_at
  )
  select coalesce(array_agg(m.id order by m.id), '{}'), min(m.created_at), max(m.created_at) into chosen, begins, ends
  from marked m where not exists (select from invoice_impression c where c.impression_id = m.id);
  charge := round(cardinality(chosen) * coalesce(p.cpi_rate, 0), 2);
  if kind = 'final_settlement' then
    if campaign_status(p) = 'cancelled' and p.launched_at is not null then
      fee := coalesce(round(greatest(p.campaign_budget - p.amount_used - charge, 0) * p.cancellation_fee_percent / 100, 2), 0);
    end if;
    deposit := paid_deposit(campaign);
  end if;
  if cardinality(chosen) = 0 and fee = 0 and deposit = 0 then return null; end if;

  insert into campaign_invoices (campaign_id, advertiser_id, brand_id, invoice_number, invoice_type, status,
    billing_cycle_number, billing_period_start, billing_period_end, impressions_delivered, cpi_rate, amount,
    deposit_amount, outstanding_amount, issued_at, paid_at, payment_method, notes)
  values (campaign, p.advertiser_id, p.brand_id, next_invoice_number(p), kind,
    case when deposit > 0 and deposit >= charge + fee then 'paid' else 'draft' end,
    1 + coalesce((select max(i.billing_cycle_number) from campaign_invoices i where i.campaign_id = campaign), 0),
    begins, ends, cardinality(chosen), p.cpi_rate, charge + fee, least(deposit, charge + fee),
    greatest(charge + fee - deposit, 0), now(),
    case when deposit > 0 and deposit >= charge + fee then now() end,
    case when deposit > 0 and deposit >= charge + fee then 'deposit' end,
    case when fee > 0 then format('includes a cancellation fee of %s', fee) end)
  returning * into made;
  if deposit > charge + fee then perform refund_deposit(campaign, deposit - charge - fee, made.id); end if;
  if kind = 'final_settlement' then
    update campaign_profile set final_settlement_amount = made.outstanding_amount,
      cancellation_fee_amount = case when fee > 0 then fee else cancellation_fee_amount end
    where id = campaign;
  end if;

  insert into invoice_impression (impression_id, invoice_id, campaign_id)
  select c, made.id, campaign from unnest(chosen) c order by c;
  return made;
end
$$;
