-- The money of one campaign against its rows. Campaigns that were never billed here (a legacy database's) are not judged.
--   a charge stands on an invoice of the campaign that is not void, and an impression of it that is valid and marked as
--     charged; no impression is marked so since this database is kept here that stands on no invoice
--   a credit note is where its invoice is
--   an invoice has no more charges and credits than it delivered, and its amount is round(impressions × rate, 2)
--     (a settlement may hold a cancellation fee beside that)
--   an invoice's refund is at least what its credit notes took back
--   charged impressions and the profile's balances are what a recount gives; every milestone passed is written down
create or replace function audit_billing(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'campaign_billing', campaign::text, b.charged::text, l.charged::text
  from (select count(*) as charged from invoice_impression where campaign_id = campaign) l
  left join campaign_billing b on b.campaign_id = campaign
  where coalesce(b.charged, 0) <> l.charged
  union all
  select 'invoice_impression', l.impression_id::text, format('charged by invoice %s', l.invoice_id),
    format('of campaign %s, charged %s, %s; the invoice %s, of campaign %s', r.campaign_id, r.charged,
      coalesce(v.class, 'valid'), i.status, i.campaign_id)
  from invoice_impression l
  left join campaign_impressions r on r.id = l.impression_id
  join campaign_invoices i on i.id = l.invoice_id
  left join impression_verdict v on v.impression_id = l.impression_id
  where l.campaign_id = campaign and (r.charged is not true or v.impression_id is not null or i.status = 'void'
    or r.campaign_id is distinct from l.campaign_id or i.campaign_id <> l.campaign_id)
  union all
  select 'campaign_impressions', r.id::text, format('charged at %s', r.charged_at), 'on no invoice'
  from campaign_impressions r, projection_build b
  where r.campaign_id = campaign and r.charged and r.charged_at >= b.built_at
    -- Looked up one by one: right after a closing no statistics know how many are charged, and a join would go wrong.
    and (select l.invoice_id from invoice_impression l where l.impression_id = r.id) is null
  union all
  select 'credit_note', n.id::text, format('%s, of campaign %s', n.status, n.campaign_id),
    format('invoice %s %s, of campaign %s', i.id, i.status, i.campaign_id)
  from campaign_invoices i join credit_note c on c.invoice_id = i.id join campaign_invoices n on n.id = c.credit_note_id
  where i.campaign_id = campaign and (n.campaign_id <> i.campaign_id
    or n.status <> case when i.status in ('draft', 'void') then i.status else 'paid' end)
  union all
  select 'campaign_invoices', i.id::text, format('refund %s', i.refund_amount), format('credits of %s', sum(n.amount))
  from campaign_invoices i join credit_note c on c.invoice_id = i.id join campaign_invoices n on n.id = c.credit_note_id
  where i.campaign_id = campaign
  group by i.id having i.refund_amount < sum(n.amount)
  union all
  select 'campaign_invoices', i.id::text, format('%s impressions, amount %s', i.impressions_delivered, i.amount),
    format('%s charges and credits, amount %s', n.rows, round(i.impressions_delivered * coalesce(i.cpi_rate, 0), 2))
  from campaign_invoices i cross join lateral (
    select (select count(*) from invoice_impression l where l.invoice_id = i.id)
      + (select count(*) from invoice_credit c where c.invoice_id = i.id) as rows
  ) n
  where i.campaign_id = campaign and n.rows > 0 and (n.rows > i.impressions_delivered
    or i.amount - round(i.impressions_delivered * coalesce(i.cpi_rate, 0), 2) <> case
      when i.invoice_type = 'final_settlement' and i.notes like 'includes a cancellation fee%'
        then (select p.cancellation_fee_amount from campaign_profile p where p.id = campaign) else 0 end)
  union all
  select 'campaign_profile', campaign::text,
    format('charged %s, used %s, outstanding %s, remaining %s', p.total_charged, p.amount_used, p.outstanding_balance,
      p.remaining_balance),
    format('charged %s, used %s, outstanding %s, remaining %s', b.total_charged, b.amount_used, b.outstanding_balance,
      b.remaining_balance)
  from campaign_profile p cross join lateral campaign_balances_from_raw(p.id) b
  where p.id = campaign and exists (select from campaign_billing k where k.campaign_id = campaign)
    and (p.total_charged, p.amount_used, p.outstanding_balance)
      is distinct from (b.total_charged, b.amount_used, b.outstanding_balance)
  union all
  -- What the counters have passed was told.
  select 'campaign_milestone', format('%s %s', m.metric, m.value), null, m.value::text
  from milestones_of(campaign) m
  where not exists (
    select from campaign_milestone k where k.campaign_id = campaign and k.metric = m.metric and k.value = m.value)
$$;
