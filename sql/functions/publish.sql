-- Appends log events to their streams, moves head and version of every stream touched, leaves the relay its note and
-- wakes it. The caller holds the streams' locks (lock_streams). Events of one stream keep the order of the arrays.
--   touched: every stream whose log or state changed; streams, names, payloads: one entry an event.
-- Whatever touches a campaign touches its owner's metrics: the advertiser's stream goes with it, under the same lock. Of a
-- dormant stream the relay has nothing to tell. Webhooks are told here too, of all but engagement.
create or replace function publish(touched text[], streams text[], names text[], payloads jsonb[]) returns void
language plpgsql
as $$
declare
  moving text[] := array(
    select t from unnest(touched) t
    union
    select 'advertiser:' || substr(t, 10) from unnest(touched) t where t like 'campaign:%');
begin
  with draft as (
    select d.stream, d.name, d.data, row_number() over (partition by d.stream order by d.place) as n
    from unnest(streams, names, payloads) with ordinality as d (stream, name, data, place)
  ), moved as (
    update live_stream s
    set head = s.head + coalesce(c.events, 0), version = s.version + 1,
      head_version = case when c.events > 0 then s.version + 1 else s.head_version end
    from unnest(moving) as t (stream)
    left join (select stream, count(*) as events from draft group by stream) c using (stream)
    where s.stream = t.stream
    returning s.stream, s.head, s.version, s.dormant, coalesce(c.events, 0) as events
  ), logged as (
    insert into live_event (stream, seq, version, name, data)
    select d.stream, m.head - m.events + d.n, m.version, d.name, d.data
    from draft d join moved m using (stream)
  )
  insert into live_outbox (stream, after_seq, upto_seq, after_version)
  select stream, head - events, head, version - 1 from moved where not dormant;

  if cardinality(names) > 0
    and exists (select from webhook_endpoint w where w.deleted_at is null and w.disabled_at is null) then
    perform tell_webhooks(streams, names, payloads);
  end if;
  perform pg_notify('campaign_pulse', '');
end
$$;
