-- What the balances of a campaign's profile have to be, from its invoices alone. Cycles and final settlements charge, also
-- while they are drafts; a void one never did.
--   total_charged         what they charge
--   amount_used           the same without what was refunded or credited
--   outstanding_balance   what is still to be paid, of invoices of any type
--   remaining_balance     campaign_budget - amount_used: the balance of what was billed
create or replace function campaign_balances_from_raw(campaign bigint)
returns table (total_charged numeric, amount_used numeric, outstanding_balance numeric, remaining_balance numeric)
language sql stable rows 1
as $$
  select b.charged, b.used, b.outstanding, p.campaign_budget - b.used
  from campaign_profile p cross join lateral (
    select coalesce(sum(i.amount) filter (where i.invoice_type in ('cycle', 'final_settlement')), 0) as charged,
      coalesce(sum(i.amount - i.refund_amount) filter (where i.invoice_type in ('cycle', 'final_settlement')), 0) as used,
      coalesce(sum(i.outstanding_amount) filter (where i.status in ('draft', 'open')), 0) as outstanding
    from campaign_invoices i where i.campaign_id = p.id and i.status <> 'void'
  ) b
  where p.id = campaign
$$;
