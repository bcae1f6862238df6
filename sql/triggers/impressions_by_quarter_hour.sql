-- impression_quarter_hourly follows every row of campaign_impressions, whoever wrote it: valid ones and, by the class of
-- their verdict, invalid ones. (Rows that appear are counted by impressions_inserted.)
create or replace function impressions_by_quarter_hour() returns trigger
language plpgsql
as $$
declare
  deltas impression_quarter_hourly[];
begin
  case tg_op
    when 'UPDATE' then
      -- A closing charges hundreds of thousands at once, and nothing that is counted differs.
      if not exists (
        select from before b full join after a using (id)
        where (b.campaign_id, b.is_viewable, b.clicked, b.converted, b.cpi_rate, b.created_at, b.placement, b.audience,
            b.region, b.device_type, b.location)
          is distinct from (a.campaign_id, a.is_viewable, a.clicked, a.converted, a.cpi_rate, a.created_at, a.placement,
            a.audience, a.region, a.device_type, a.location)
      ) then
        return null;
      end if;
      deltas := array(
        select quarter_hour_delta(-1, row(b.*)::campaign_impressions, v.class)
        from before b left join impression_verdict v on v.impression_id = b.id
        union all
        select quarter_hour_delta(1, row(a.*)::campaign_impressions, v.class)
        from after a left join impression_verdict v on v.impression_id = a.id);
    when 'DELETE' then
      deltas := array(
        select quarter_hour_delta(-1, row(b.*)::campaign_impressions, coalesce(v.class, g.class))
        from before b left join impression_verdict v on v.impression_id = b.id
        left join verdict_gone g on g.impression_id = b.id and g.gone_in = pg_current_xact_id());
  end case;
  perform move_quarter_hours(deltas);
  return null;
end
$$;

drop trigger if exists impressions_by_quarter_hour_inserted on campaign_impressions;
drop trigger if exists impressions_by_quarter_hour_updated on campaign_impressions;
create trigger impressions_by_quarter_hour_updated after update on campaign_impressions
referencing old table as before new table as after
for each statement execute function impressions_by_quarter_hour();

-- Triggers run in the order of their names: this one reads the verdicts that impressions_deleted then deletes.
drop trigger if exists impressions_by_quarter_hour_deleted on campaign_impressions;
create trigger impressions_by_quarter_hour_deleted after delete on campaign_impressions
referencing old table as before
for each statement execute function impressions_by_quarter_hour();

create or replace function quarter_hours_truncated() returns trigger
language plpgsql
as $$
begin
  perform lock_streams(array(select campaign_stream(campaign_id) from campaign_counters order by 1));
  delete from impression_quarter_hourly;
  return null;
end
$$;

drop trigger if exists impressions_by_quarter_hour_truncated on campaign_impressions;
create trigger impressions_by_quarter_hour_truncated after truncate on campaign_impressions
for each statement execute function quarter_hours_truncated();
