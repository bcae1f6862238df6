-- What a settlement gave back of a deposit is there again once the settlement is void or gone.
create or replace function deposit_refund_undone() returns trigger
language plpgsql
as $$
begin
  update campaign_invoices d set refund_amount = greatest(0, d.refund_amount - u.refund), updated_at = now()
  from (select deposit_id, sum(refund) as refund from before group by deposit_id) u
  where d.id = u.deposit_id;
  return null;
end
$$;

drop trigger if exists deposit_refund_undone on deposit_refund;
create trigger deposit_refund_undone after delete on deposit_refund
referencing old table as before
for each statement execute function deposit_refund_undone();
