-- Invoices, whoever wrote them: the campaign's balances follow in the same transaction, and its owner is told.
create or replace function invoices_changed() returns trigger
language plpgsql
as $$
declare
  campaigns bigint[];
  paid bigint[];
  told campaign_invoices[];
begin
  case tg_op
    when 'INSERT' then
      told := array(select row(a.*)::campaign_invoices from after a order by a.id);
      campaigns := array(select distinct campaign_id from after order by 1);
    when 'UPDATE' then
      told := array(
        select row(a.*)::campaign_invoices from after a left join before b using (id)
        where row(b.*) is distinct from row(a.*) order by a.id);
      campaigns := array(select campaign_id from after union select campaign_id from before order by 1);
      paid := array(
        select distinct a.campaign_id from after a join before b using (id)
        where a.status = 'paid' and b.status <> 'paid' and a.invoice_type <> 'credit_note' order by 1);
    when 'DELETE' then
      told := '{}';
      campaigns := array(select distinct campaign_id from before order by 1);
  end case;
  if cardinality(campaigns) = 0 then return null; end if;

  perform lock_billing(campaigns);
  perform settle_balances(campaigns);
  perform publish(array(select advertiser_stream(id) from unnest(campaigns) id),
    array(select advertiser_stream(t.campaign_id) from unnest(told) t order by t.id),
    array(select 'invoice:updated'::text from unnest(told)),
    array(select invoice_document(t) from unnest(told) t order by t.id));
  -- A payment that leaves nothing open lets a campaign go on that a low balance paused.
  perform resume_campaign(id) from unnest(paid) id
  where not exists (select from campaign_invoices i where i.campaign_id = id and i.status = 'open');
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
