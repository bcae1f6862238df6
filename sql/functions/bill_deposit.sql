-- The deposit's invoice of a campaign that was verified: deposit_percent of its budget, open at once. Only one is made,
-- however often the campaign is verified; a void one does not count.
create or replace function bill_deposit(campaign bigint) returns void
language plpgsql
as $$
declare
  p campaign_profile;
  deposit numeric;
begin
  perform lock_billing(array[campaign]);
  select * into p from campaign_profile where id = campaign;
  deposit := round(p.campaign_budget * p.deposit_percent / 100, 2);
  if deposit is null or deposit <= 0 or deposit = 'NaN' or exists (
    select from campaign_invoices where campaign_id = campaign and invoice_type = 'deposit' and status <> 'void'
  ) then
    return;
  end if;
  update campaign_profile set deposit_amount = deposit where id = campaign;
  insert into campaign_invoices (campaign_id, advertiser_id, brand_id, invoice_number, invoice_type, status, amount,
    deposit_amount, outstanding_amount, issued_at, due_date)
  values (campaign, p.advertiser_id, p.brand_id, next_invoice_number(p), 'deposit', 'open', deposit, deposit, deposit,
    now(), now() + interval '30 days');
end
$$;
