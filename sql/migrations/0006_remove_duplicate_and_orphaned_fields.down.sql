-- Back to 54 columns, with the values that the campaigns had; campaigns made since have NULLs there. What the step carried
-- over is taken back, unless somebody changed it since. The 54-column view is given back by the runner, from 0005.

drop view if exists campaign_with_full_metrics;

lock table campaign_profile in access exclusive mode;

-- The columns come back with the types that the backup kept, first without a default: a row made since has no known value.
do $$
declare
  c record;
begin
  for c in
    select attname, format_type(atttypid, atttypmod) as type
    from pg_attribute
    where attrelid = 'campaign_profile_duplicate_fields_backup'::regclass and attnum > 0 and not attisdropped
      and attname not in ('id', 'previous_target_audiences', 'carried_target_audiences', 'carried_cpi_rate')
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
  target_audience = b.target_audience,
  cost_per_impression = b.cost_per_impression,
  video_completion_rate = b.video_completion_rate,
  quartile_metrics = b.quartile_metrics,
  frequency = b.frequency,
  marketing_efficiency_ratio = b.marketing_efficiency_ratio,
  followers = b.followers,
  campaign_package_id = b.campaign_package_id,
  target_audiences = case
    when p.target_audiences = b.carried_target_audiences then b.previous_target_audiences
    else p.target_audiences
  end,
  cpi_rate = case when p.cpi_rate::numeric = b.carried_cpi_rate then null else p.cpi_rate end
from campaign_profile_duplicate_fields_backup b
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
    where kept.attrelid = 'campaign_profile_duplicate_fields_backup'::regclass and kept.attnum > 0 and not kept.attisdropped
      and kept.attname not in ('id', 'previous_target_audiences', 'carried_target_audiences', 'carried_cpi_rate')
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

drop table campaign_profile_duplicate_fields_backup;
