-- Charges that come and go, also those that go with their impression or their invoice: counted for each campaign. An
-- impression that lost its charge is free for the next closing.
create or replace function count_charges(sign integer, campaigns bigint[]) returns void
language plpgsql
as $$
begin
  if cardinality(campaigns) = 0 then return; end if;
  perform lock_streams(array(select distinct campaign_stream(id) from unnest(campaigns) id order by 1));
  insert into campaign_billing as b (campaign_id, charged)
  select id, sign * count(*) from unnest(campaigns) id group by id
  on conflict (campaign_id) do update set charged = b.charged + excluded.charged;
end
$$;

create or replace function invoice_impression_changed() returns trigger
language plpgsql
as $$
begin
  case tg_op
    when 'INSERT' then perform count_charges(1, array(select campaign_id from after));
    when 'DELETE' then
      perform count_charges(-1, array(select campaign_id from before));
      update campaign_impressions i set charged = false, charged_at = null
      from before b where i.id = b.impression_id and i.charged;
    when 'TRUNCATE' then update campaign_billing set charged = 0;
  end case;
  return null;
end
$$;

drop trigger if exists invoice_impression_inserted on invoice_impression;
create trigger invoice_impression_inserted after insert on invoice_impression
referencing new table as after
for each statement execute function invoice_impression_changed();

drop trigger if exists invoice_impression_deleted on invoice_impression;
create trigger invoice_impression_deleted after delete on invoice_impression
referencing old table as before
for each statement execute function invoice_impression_changed();

drop trigger if exists invoice_impression_truncated on invoice_impression;
create trigger invoice_impression_truncated after truncate on invoice_impression
for each statement execute function invoice_impression_changed();
