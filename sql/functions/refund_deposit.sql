-- Notes on the paid deposits of a campaign, the newest first, that this much of them goes back.
create or replace function refund_deposit(campaign bigint, refund numeric) returns void
language plpgsql
as $$
begin
  update campaign_invoices i set refund_amount = i.refund_amount + d.part, updated_at = now()
  from (
    select id, least(free, greatest(0, refund - coalesce(sum(free) over (order by id desc
      rows between unbounded preceding and 1 preceding), 0))) as part
    from (
      select id, amount - refund_amount as free from campaign_invoices
      where campaign_id = campaign and invoice_type = 'deposit' and status = 'paid'
    ) paid
  ) d
  where i.id = d.id and d.part > 0;
end
$$;
