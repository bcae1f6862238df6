-- Invoices, whoever wrote them: charges, credit notes, refunds of deposits and the campaign's balances follow in the same
-- transaction, and its owner is told.
--   void, or deleted  its charges are free, its credit notes void, the deposit that it gave back is there again, and
--                     what is free is noted for the loop that bills
--   not void any more what it charged is charged again, where nobody has billed it since
--   paid, with nothing left open  a campaign goes on that a low balance paused, or is excused before it is
create or replace function invoices_changed() returns trigger
language plpgsql
as $$
declare
  was campaign_invoices[] := '{}';
  becomes campaign_invoices[] := '{}';
  campaigns bigint[];
  changed bigint[];
  freed bigint[];
  restored bigint[];
  settled bigint[];
  paid bigint[];
begin
  if tg_op <> 'INSERT' then was := array(select row(b.*)::campaign_invoices from before b order by b.id); end if;
  if tg_op <> 'DELETE' then becomes := array(select row(a.*)::campaign_invoices from after a order by a.id); end if;
  campaigns := array(select campaign_id from unnest(was) union select campaign_id from unnest(becomes) order by 1);
  if cardinality(campaigns) = 0 then return null; end if;
  perform lock_billing(campaigns);

  select coalesce(array_agg(a.id) filter (where b.id is null or row(b.*) is distinct from row(a.*)), '{}'),
    array_agg(b.id) filter (where b.status <> 'void' and (a.id is null or a.status = 'void' or a.campaign_id <> b.campaign_id)),
    array_agg(a.id) filter (where b.status = 'void' and a.status <> 'void'),
    array_agg(b.campaign_id) filter (where b.invoice_type = 'final_settlement' and b.status <> 'void'
      and (a.id is null or a.status = 'void')),
    array_agg(distinct a.campaign_id) filter (where a.status = 'paid' and b.status <> 'paid' and a.invoice_type <> 'credit_note')
  into changed, freed, restored, settled, paid
  from unnest(was) b full join unnest(becomes) a on a.id = b.id;

  perform move_balances(was, becomes);
  if freed is not null then
    perform release_charges(freed);
    delete from deposit_refund where settlement_id = any (freed);
    update campaign_profile set final_settlement_amount = null where id = any (settled);
  end if;
  if restored is not null then perform restore_charges(restored); end if;
  if tg_op = 'UPDATE' then perform follow_credit_notes(changed); end if;
  perform publish(array(select advertiser_stream(id) from unnest(campaigns) id),
    array(select advertiser_stream(t.campaign_id) from unnest(becomes) t where t.id = any (changed) order by t.id),
    array(select 'invoice:updated'::text from unnest(becomes) t where t.id = any (changed)),
    array(select invoice_document(t) from unnest(becomes) t where t.id = any (changed) order by t.id));
  if freed is not null then
    perform note_billing_due(p, c.impressions)
    from campaign_profile p join campaign_counters c on c.campaign_id = p.id where p.id = any (campaigns);
  end if;
  perform answer_payment(id) from unnest(paid) id
  where not exists (
    select from campaign_invoices i where i.campaign_id = id and i.status = 'open' and i.outstanding_amount > 0);
  return null;
end
$$;

drop trigger if exists invoices_inserted on campaign_invoices;
create trigger invoices_inserted after insert on campaign_invoices
referencing new table as after
for each statement execute function invoices_changed();

drop trigger if exists invoices_updated on campaign_invoices;
create trigger invoices_updated after update on campaign_invoices
referencing old table as before new table as after
for each statement execute function invoices_changed();

drop trigger if exists invoices_deleted on campaign_invoices;
create trigger invoices_deleted after delete on campaign_invoices
referencing old table as before
for each statement execute function invoices_changed();

-- Of a truncated table nobody says what was in it: no impression is charged any more, and no balance is owed.
create or replace function invoices_truncated() returns trigger
language plpgsql
as $$
declare
  campaigns bigint[] := array(select id from campaign_profile order by id);
begin
  if cardinality(campaigns) = 0 then return null; end if;
  perform lock_billing(campaigns);
  update campaign_impressions set charged = false, charged_at = null where charged;
  perform settle_balances(array(select campaign_id from campaign_billing));
  perform publish(array(select advertiser_stream(id) from unnest(campaigns) id), '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists invoices_truncated on campaign_invoices;
create trigger invoices_truncated after truncate on campaign_invoices
for each statement execute function invoices_truncated();
