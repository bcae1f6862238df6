drop function if exists credit_impressions(bigint[]);
-- Takes back what these impressions were charged: of each invoice they stand on, a credit note. The invoice's refund is
-- raised, and what it still asks for falls: an open one that has nothing left to ask for is paid. The note's own amount and
-- refund cancel out in every sum. The impressions are not charged any more, so that one whose verdict is taken away again
-- is billed by the next closing.
-- The note is a draft while its invoice is one, else settled. Two roundings never add up to a cent too much: a credit is
-- what the invoice comes to with these impressions less what it comes to without them.
-- The caller holds lock_billing of every campaign they stand on.
create or replace function credit_impressions(impressions bigint[], reason text) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  owed record;
  credit numeric;
  note bigint;
begin
  for owed in
    select i.id, i.campaign_id, i.status, i.cpi_rate, i.billing_cycle_number, i.invoice_number, p as profile,
      array_agg(c.impression_id order by c.impression_id) as taken,
      (select count(*) from invoice_impression s where s.invoice_id = i.id) as standing
    from invoice_impression c
    join campaign_invoices i on i.id = c.invoice_id
    join campaign_profile p on p.id = i.campaign_id
    where c.impression_id = any (impressions)
    group by i.id, p.id order by p.advertiser_id, i.id
  loop
    credit := round(owed.standing * coalesce(owed.cpi_rate, 0), 2)
      - round((owed.standing - cardinality(owed.taken)) * coalesce(owed.cpi_rate, 0), 2);
    insert into campaign_invoices (campaign_id, advertiser_id, brand_id, invoice_number, invoice_type, status,
      billing_cycle_number, impressions_delivered, cpi_rate, amount, refund_amount, issued_at, paid_at, payment_method, notes)
    values (owed.campaign_id, (owed.profile).advertiser_id, (owed.profile).brand_id, next_invoice_number(owed.profile),
      'credit_note', case owed.status when 'draft' then 'draft' else 'paid' end, owed.billing_cycle_number,
      -cardinality(owed.taken), owed.cpi_rate, credit, credit, now(), case when owed.status <> 'draft' then now() end,
      'credit', format('%s on invoice %s', reason, owed.invoice_number))
    returning id into note;
    insert into credit_note (credit_note_id, invoice_id) values (note, owed.id);
    update campaign_invoices i set refund_amount = refund_amount + credit,
      outstanding_amount = greatest(0, outstanding_amount - credit), updated_at = now(),
      (status, paid_at, payment_method) = (
        select s.status, case when s.status <> i.status then now() else i.paid_at end,
          case when s.status <> i.status then 'credit' else i.payment_method end
        from (select case when i.status = 'open' and credit > 0 and i.outstanding_amount <= credit then 'paid'
          else i.status end) s (status))
    where id = owed.id;
    insert into invoice_credit (credit_note_id, impression_id, invoice_id, campaign_id)
    select note, id, owed.id, owed.campaign_id from unnest(owed.taken) id;
  end loop;
  delete from invoice_impression where impression_id = any (impressions);
end
$$;
