-- Back to 82 columns, with the values that the campaigns had. Campaigns made since have NULLs there; campaigns deleted
-- since stay deleted.

lock table campaign_profile in access exclusive mode;

-- The columns come back with the types that the backup kept, first without a default: a row made since has no known value.
do $$
declare
  c record;
begin
  for c in
    select attname, format_type(atttypid, atttypmod) as type
    from pg_attribute
    where attrelid = 'campaign_profile_invoice_backup'::regclass and attnum > 0 and not attisdropped
      and attname <> 'id'
    order by attnum
  loop
    execute format('alter table campaign_profile add column %I %s', c.attname, c.type);
  end loop;
end
$$;

-- Giving a value back is no edit: the platform's own triggers (updated_at and the like) stay out of it.
alter table campaign_profile disable trigger user;
update campaign_profile p
set
  invoice_id = b.invoice_id,
  invoice_status = b.invoice_status,
  invoice_due_date = b.invoice_due_date,
  payment_status = b.payment_status,
  payment_transaction_id = b.payment_transaction_id,
  paid_at = b.paid_at,
  deposit_paid = b.deposit_paid,
  deposit_transaction_id = b.deposit_transaction_id,
  final_settlement_paid = b.final_settlement_paid,
  final_settlement_transaction_id = b.final_settlement_transaction_id,
  payment_model = b.payment_model,
  cost_per_click = b.cost_per_click,
  cost_per_view = b.cost_per_view,
  cost_per_engagement = b.cost_per_engagement,
  cost_per_conversion_rate = b.cost_per_conversion_rate,
  last_billing_at = b.last_billing_at
from campaign_profile_invoice_backup b
where b.id = p.id;
alter table campaign_profile enable trigger user;

-- Defaults and nullability, now that the values are there. A required column that a newer row has no value for takes its
-- default; without a default it stays nullable, and the warning says so.
do $$
declare
  c record;
  unknown_rows bigint;
begin
  for c in
    select kept.attname, kept.attnotnull, pg_get_expr(d.adbin, d.adrelid) as default_value
    from pg_attribute kept
    left join pg_attrdef d on d.adrelid = kept.attrelid and d.adnum = kept.attnum
    where kept.attrelid = 'campaign_profile_invoice_backup'::regclass and kept.attnum > 0 and not kept.attisdropped
      and kept.attname <> 'id'
  loop
    if c.default_value is not null then
      execute format('alter table campaign_profile alter column %I set default %s', c.attname, c.default_value);
    end if;
    if c.attnotnull then
      if c.default_value is not null then
        execute format('update campaign_profile set %1$I = default where %1$I is null', c.attname);
      end if;
      execute format('select count(*) from campaign_profile where %I is null', c.attname) into unknown_rows;
      if unknown_rows = 0 then
        execute format('alter table campaign_profile alter column %I set not null', c.attname);
      else
        raise warning 'campaign_profile.% stays nullable: % rows made since have no value for it', c.attname, unknown_rows;
      end if;
    end if;
  end loop;
end
$$;

drop table campaign_profile_invoice_backup;
