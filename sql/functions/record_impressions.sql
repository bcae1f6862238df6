-- Impression events, a batch in one transaction, each judged alone: event ids are taken once for good, an impression
-- becomes a row, a later event moves the row of its impression or waits for it.
--   items: [{"o", "type", "event": uuid, "of": uuid of the impression, "c", "placement", "audience", "region", "device",
--            "location", "session", "u", "pid", "pt", "ip", "ua", "at", "dated": is `at` the sender's own, "ms",
--            "bot": version of the list of crawlers that the user agent is in, "tell": is the impression's id to be told}]
-- Answers 201 created, 202 accepted, 200 duplicate, else a problem code; where it is to be told {impressionId, unique}.
-- An id is taken for good: of an impression that was deleted since it is a duplicate too.
create or replace function record_impressions(items jsonb) returns setof write_outcome
language plpgsql
as $$
declare
  batch impression_item[];
  fresh impression_item[];
  known impression_item[];
  refused write_answer[];
  taken uuid[];
  by_rate traffic_rule;
  has_later boolean;
  alone boolean := false;
begin
  perform lock_tables();
  batch := array(
    select row(i.o, i.type, i.event, i."of", i.c, i.placement, i.audience, i.region, i.device, i.location, i.session,
      i.u, i.pid, i.pt, i.ip, i.ua, i.at, coalesce(i.dated, false), i.ms, i.bot, null, i.tell)::impression_item
    from jsonb_to_recordset(items) as i (o integer, type text, event uuid, "of" uuid, c bigint, placement text,
      audience text, region text, device text, location text, session text, u bigint, pid bigint, pt text, ip inet,
      ua text, at timestamptz, dated boolean, ms integer, bot integer, tell boolean));
  has_later := exists (select from unnest(batch) i where i.type <> 'impression');

  -- An impression and its click may come at once on two connections, neither seeing the other's row. So a batch with
  -- impressions shares this lock, and one with an event that will have to wait holds it alone: one of them sees the other.
  if has_later and has_to_wait(batch, refused_impressions(batch)) then
    alone := true;
    perform pg_advisory_xact_lock(hashtext('impression_event'));
  elsif exists (select from unnest(batch) i where i.type = 'impression') then
    perform pg_advisory_xact_lock_shared(hashtext('impression_event'));
  end if;

  -- Profiles before streams, as all billing does: what is judged below may be billed already, and is credited then.
  perform lock_billing(array(
    select campaign_id from (
      select p.id as campaign_id from (select distinct c from unnest(batch)) i join campaign_profile p on p.id = i.c
      union
      select r.campaign_id from unnest(batch) i
      join impression_event e on e.event_id = i."of" and e.type = 'impression'
      join campaign_impressions r on r.id = e.impression_id where has_later and i.type <> 'impression'
    ) campaigns order by 1));

  refused := refused_impressions(batch);
  if has_later then
    -- A campaign was closed since we looked. Against somebody who came for our streams meanwhile this may be a deadlock;
    -- the loser's batch is sent again.
    if not alone and has_to_wait(batch, refused) then perform pg_advisory_xact_lock(hashtext('impression_event')); end if;
    refused := refused || refused_later_events(batch);
  end if;

  -- Impressions get their ids under the lock, in the order in which they are counted. Event ids are taken in their own
  -- order: of two batches with the same ones the later waits, and neither for the other.
  fresh := array(
    select row(i.o, i.type, i.event, i."of", i.c, i.placement, i.audience, i.region, i.device, i.location, i.session, i.u,
      i.pid, i.pt, i.ip, i.ua, i.at, i.dated, i.ms, i.bot,
      case when i.type = 'impression' then nextval('campaign_impressions_id_seq') end, i.tell)::impression_item
    from (
      select * from (
        select distinct on (n.event) n.* from unnest(batch) n
        where cardinality(refused) = 0 or n.o not in (select k.o from unnest(refused) k)
        order by n.event, n.o
      ) d order by d.o
    ) i);
  with made as (
    insert into impression_event (event_id, type, impression_event_id, impression_id, duration_ms, occurred_at, dated)
    select event, type, "of", id, ms, at, dated from unnest(fresh) order by event
    on conflict do nothing
    returning event_id
  )
  select coalesce(array_agg(event_id), '{}') into taken from made;
  if cardinality(taken) < cardinality(fresh) then
    fresh := array(select i from unnest(fresh) i where i.event in (select unnest(taken)) order by i.o);
  end if;

  -- What would be refused, but has the id of one that was taken just before it, is the same event again.
  if cardinality(refused) > 0 then
    refused := array(select k from unnest(refused) k join unnest(batch) i on i.o = k.o
      where not exists (select from unnest(fresh) f where f.event = i.event and f.o < i.o));
  end if;

  select * into by_rate from traffic_rule where rule = 'impressions_per_minute';
  perform judge_rates(fresh, insert_impressions(fresh, by_rate.threshold), by_rate);
  perform apply_later_events(array(select coalesce(i."of", i.event) from unnest(fresh) i));

  known := array(
    select i from unnest(batch) i
    where cardinality(fresh) + cardinality(refused) < cardinality(batch)
      and i.o not in (select f.o from unnest(fresh) f) and i.o not in (select k.o from unnest(refused) k));

  return query
  select f.o, case when f.type = 'impression' then 201 else 202 end, 'accepted', null::bigint,
    case when f.tell then (
      select jsonb_build_object('impressionId', r.id, 'unique', coalesce(r.is_unique_impression, false))
      from campaign_impressions r where r.id = f.id) end,
    null::jsonb
  from unnest(fresh) f
  union all
  select i.o, 200, 'duplicate', null,
    case when i.tell then (
      select jsonb_build_object('impressionId', coalesce(e.impression_id, e.gone_impression_id),
        'unique', coalesce((select r.is_unique_impression from campaign_impressions r where r.id = e.impression_id), false))
      from impression_event e where e.event_id = i.event and e.type = 'impression') end,
    null
  from unnest(known) i
  union all
  select k.o, k.status, k.outcome, k.version, k.body, null from unnest(refused) k;
end
$$;
