drop function if exists refund_deposit(bigint, numeric);
-- Notes on the paid deposits of a campaign, the newest first, that this much of them goes back, and that this settlement
-- did it: when that becomes void, so does the refund.
create or replace function refund_deposit(campaign bigint, refund numeric, settlement bigint) returns void
language plpgsql
as $$
begin
  with parts as (
    select id, least(free, greatest(0, refund_deposit.refund - coalesce(sum(free) over (order by id desc
      rows between unbounded preceding and 1 preceding), 0))) as part
    from (
      select id, amount - refund_amount as free from campaign_invoices
      where campaign_id = campaign and invoice_type = 'deposit' and status = 'paid'
    ) paid
  ), noted as (
    insert into deposit_refund (settlement_id, deposit_id, refund) select settlement, id, part from parts where part > 0
  )
  update campaign_invoices i set refund_amount = i.refund_amount + d.part, updated_at = now()
  from parts d where i.id = d.id and d.part > 0;
end
$$;
