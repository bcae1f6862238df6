-- Sets the balances of these campaigns to what their invoices say. The caller holds lock_billing.
create or replace function settle_balances(campaigns bigint[]) returns void
language plpgsql
as $$
begin
  update campaign_profile p
  set total_charged = b.total_charged, amount_used = b.amount_used, outstanding_balance = b.outstanding_balance,
    remaining_balance = b.remaining_balance
  from unnest(campaigns) c (id) cross join lateral campaign_balances_from_raw(c.id) b
  where p.id = c.id and (p.total_charged, p.amount_used, p.outstanding_balance, p.remaining_balance)
    is distinct from (b.total_charged, b.amount_used, b.outstanding_balance, b.remaining_balance);
end
$$;
