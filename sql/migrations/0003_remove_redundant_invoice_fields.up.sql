-- 0003, step 2 of the clean-up: what an invoice knows leaves the campaign; campaign_profile 82 → 66 columns.
--
-- For the operator: the sixteen values of every campaign are kept in campaign_profile_invoice_backup, from which
-- `migrate down --to 0002` gives them back. Dropping that table is the point of no return.

-- No row may change between the copy and the drop: the copy would miss it. Writers wait for the length of this step.
lock table campaign_profile in access exclusive mode;

create table campaign_profile_invoice_backup as
select
  id, invoice_id, invoice_status, invoice_due_date, payment_status, payment_transaction_id, paid_at,
  deposit_paid, deposit_transaction_id, final_settlement_paid, final_settlement_transaction_id, payment_model,
  cost_per_click, cost_per_view, cost_per_engagement, cost_per_conversion_rate, last_billing_at
from campaign_profile;

alter table campaign_profile_invoice_backup add primary key (id);

-- The backup remembers each column's default and nullability too; its types are the column's own. So the way back is exact
-- also on a database whose legacy columns were declared otherwise than ours.
do $$
declare
  c record;
begin
  for c in
    select legacy.attname, legacy.attnotnull, pg_get_expr(d.adbin, d.adrelid) as default_value
    from pg_attribute kept
    join pg_attribute legacy on legacy.attrelid = 'campaign_profile'::regclass and legacy.attname = kept.attname
    left join pg_attrdef d on d.adrelid = legacy.attrelid and d.adnum = legacy.attnum
    where kept.attrelid = 'campaign_profile_invoice_backup'::regclass and kept.attnum > 0 and kept.attname <> 'id'
  loop
    if c.default_value is not null then
      execute format('alter table campaign_profile_invoice_backup alter column %I set default %s', c.attname, c.default_value);
    end if;
    if c.attnotnull then
      execute format('alter table campaign_profile_invoice_backup alter column %I set not null', c.attname);
    end if;
  end loop;
end
$$;

alter table campaign_profile
  drop column invoice_id,
  drop column invoice_status,
  drop column invoice_due_date,
  drop column payment_status,
  drop column payment_transaction_id,
  drop column paid_at,
  drop column deposit_paid,
  drop column deposit_transaction_id,
  drop column final_settlement_paid,
  drop column final_settlement_transaction_id,
  drop column payment_model,
  drop column cost_per_click,
  drop column cost_per_view,
  drop column cost_per_engagement,
  drop column cost_per_conversion_rate,
  drop column last_billing_at;
