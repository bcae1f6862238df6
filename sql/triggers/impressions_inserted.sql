-- New impressions, whoever wrote them: counted, and is_unique_impression put right where the writer did not know.
create or replace function impressions_inserted() returns trigger
language plpgsql
as $$
declare
  changes impression_change[];
  invalid invalid_change[];
  touched text[];
begin
  changes := array(
    select impression_change_of(1, row(i.*)::campaign_impressions) from inserted i
    where not exists (select from impression_verdict v where v.impression_id = i.id) order by i.id);
  invalid := array(
    select invalid_change_of(1, v.class, row(i.*)::campaign_impressions)
    from inserted i join impression_verdict v on v.impression_id = i.id);
  if cardinality(changes) + cardinality(invalid) = 0 then return null; end if;
  touched := array(select distinct campaign_stream(campaign_id) from inserted order by 1);
  perform lock_streams(touched);
  perform apply_invalid_changes(invalid);

  with truth as (
    select c.id, v.viewer is null
      and row_number() over (partition by c.campaign_id, c.viewer order by c.id) = 1 as is_first, c.is_unique
    from unnest(changes) c
    left join campaign_viewers v on v.campaign_id = c.campaign_id and v.viewer = c.viewer
  )
  update campaign_impressions i set is_unique_impression = t.is_first
  from truth t where i.id = t.id and t.is_unique <> t.is_first;

  perform apply_impression_changes(changes);

  -- Ids are drawn before the lock: of two programs at once the one with the later ids may have been counted first.
  -- (An open range would make the planner read the whole campaign; the newest id and a count between two are index reads.)
  if exists (
    select from (
      select campaign_id, min(id) as first_id, max(id) as last_id, count(*) as rows from inserted group by campaign_id
    ) n
    where n.last_id < (select max(r.id) from campaign_impressions r where r.campaign_id = n.campaign_id)
      or n.rows < (
        select count(*) from campaign_impressions r
        where r.campaign_id = n.campaign_id and r.id between n.first_id and n.last_id)
  ) then
    perform flag_first_impressions(array_agg(campaign_id), array_agg(viewer)) from unnest(changes);
  end if;
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists impressions_inserted on campaign_impressions;
create trigger impressions_inserted after insert on campaign_impressions
referencing new table as inserted
for each statement execute function impressions_inserted();
