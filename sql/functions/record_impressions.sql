-- Impression events, a batch in one transaction, each judged alone: event ids are taken once for good, an impression
-- becomes a row, a later event moves the row of its impression or waits for it.
--   items: [{"o", "type", "event": uuid, "of": uuid of the impression, "c", "placement", "audience", "region", "device",
--            "location", "session", "u", "pid", "pt", "ip", "ua", "at", "ms"}]
-- Answers 201 created {impressionId, unique}, 202 accepted, 200 duplicate {impressionId, unique}, else a problem code.
drop function if exists record_impressions(jsonb);
create or replace function record_impressions(items jsonb) returns setof write_outcome
language plpgsql
as $$
declare
  closed write_answer[];
  fresh integer[];
begin
  perform lock_tables();

  -- An impression and its click may come at once on two connections, neither seeing the other's row. So a batch with
  -- impressions shares this lock, and one with an event that will have to wait holds it alone: one of them sees the other.
  if exists (
    select from jsonb_to_recordset(items) as i (type text, "of" uuid)
    where i.type <> 'impression'
      and not exists (select from impression_event e where e.event_id = i."of" and e.type = 'impression')
      and i."of" not in (select n.event from jsonb_to_recordset(items) as n (type text, event uuid) where n.type = 'impression')
  ) then
    perform pg_advisory_xact_lock(hashtext('impression_event'));
  elsif exists (select from jsonb_to_recordset(items) as i (type text) where i.type = 'impression') then
    perform pg_advisory_xact_lock_shared(hashtext('impression_event'));
  end if;

  perform lock_streams(array(
    select distinct campaign_stream(campaign_id) from (
      select p.id as campaign_id from jsonb_to_recordset(items) as i (c bigint) join campaign_profile p on p.id = i.c
      union
      select r.campaign_id from jsonb_to_recordset(items) as i (type text, "of" uuid)
      join impression_event e on e.event_id = i."of" and e.type = 'impression'
      join campaign_impressions r on r.id = e.impression_id where i.type <> 'impression'
    ) campaigns order by 1));

  closed := array(
    select row(i.o, 0, case when campaign_door(p) = 'unknown_campaign' then 'unknown_campaign' else 'campaign_not_live' end,
      null, null)::write_answer
    from jsonb_to_recordset(items) as i (o integer, type text, event uuid, c bigint)
    left join campaign_profile p on p.id = i.c
    where i.type = 'impression' and (campaign_door(p) is not null or campaign_status(p) <> 'live')
      and not exists (select from impression_event e where e.event_id = i.event));

  with asked as (
    select distinct on (i.event) i.o, i.type, i.event, i."of", i.ms, i.at
    from jsonb_to_recordset(items) as i (o integer, type text, event uuid, "of" uuid, ms integer, at timestamptz)
    where not exists (select from unnest(closed) k where k.o = i.o)
      and not exists (select from impression_event e where e.event_id = i.event)
    order by i.event, i.o
  ), taken as (
    insert into impression_event (event_id, type, impression_event_id, duration_ms, occurred_at)
    select event, type, "of", ms, at from asked order by event
    on conflict do nothing
    returning event_id
  )
  select array_agg(a.o) into fresh from asked a join taken t on t.event_id = a.event;

  perform insert_impressions(items, fresh);
  perform apply_later_events(
    array(select coalesce(i."of", i.event) from jsonb_to_recordset(items) as i (o integer, event uuid, "of" uuid)
      where i.o = any (fresh)));

  return query
  select i.o,
    case when i.type <> 'impression' then case when i.o = any (fresh) then 202 else 200 end
      when i.o = any (fresh) then 201 else 200 end,
    case when i.o = any (fresh) then 'accepted' else 'duplicate' end, null::bigint,
    case when r.id is not null then jsonb_build_object('impressionId', r.id, 'unique', coalesce(r.is_unique_impression, false)) end,
    null::jsonb
  from jsonb_to_recordset(items) as i (o integer, type text, event uuid)
  left join impression_event e on e.event_id = i.event and e.type = 'impression'
  left join campaign_impressions r on r.id = e.impression_id
  where not exists (select from unnest(closed) k where k.o = i.o)
  union all
  select k.o, k.status, k.outcome, k.version, k.body, null from unnest(closed) k;
end
$$;
