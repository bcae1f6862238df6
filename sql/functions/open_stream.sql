-- What a subscriber gets, in one snapshot (stable: every read sees the caller's): the head, how it was reached, the
-- events that were missed and the states that are newer than the position. Never a partial replay.
--   mode: live (nothing missed, or no position), replayed (events holds all that was missed), reset (too old, unknown),
--         large (more events or states than `most`, or more than 1 MB of events; none of them is here, ask again with null
--         when there is room for it)
drop function if exists open_stream(text, text, bigint);
create or replace function open_stream(wanted text, at_epoch text, at_seq bigint, most bigint default null)
returns table (epoch text, head bigint, version bigint, mode text, events text[], states text[])
language plpgsql stable
as $$
declare
  s live_stream;
  first_seq bigint;
  since bigint;
  reached_at timestamptz;
begin
  select * into s from live_stream l where l.stream = wanted;
  if not found then return; end if;
  epoch := s.epoch; head := s.head; version := s.version; events := '{}'; states := '{}'; mode := 'live';

  if at_seq is not null and (at_epoch is distinct from s.epoch and not (at_epoch is null and at_seq = 0) or at_seq > s.head) then
    mode := 'reset';
  elsif at_seq < s.head then
    select min(e.seq) into first_seq from live_event e where e.stream = wanted and e.seq > at_seq and e.seq <= s.head;
    mode := case when first_seq = at_seq + 1 then 'replayed' else 'reset' end;
  end if;

  -- States follow the events that come with them, to a slow client by seconds, so who has the event at the position may
  -- lack what changed shortly before it: states are sent anew from half a minute before. That event may have left the
  -- window though none was missed: the version of the head is kept for that. Between two partitions only the one before
  -- what was missed is gone; then all states are sent.
  select e.at into reached_at from live_event e where e.stream = wanted and e.seq = at_seq;
  since := case
    when mode = 'reset' or at_seq is null then s.version
    when reached_at is not null then coalesce(
      (select e.version from live_event e
       where e.stream = wanted and e.seq < at_seq and e.at < reached_at - interval '30 seconds'
       order by e.seq desc limit 1), 0)
    when at_seq = s.head then s.head_version
    else 0 end;
  if mode = 'replayed' and (s.head - at_seq > most or most is not null and (
    select sum(octet_length(e.data::text)) from live_event e where e.stream = wanted and e.seq > at_seq and e.seq <= s.head
  ) > 1048576)
    or (select count(*) from (select from stream_states(array[wanted], array[since]) limit most + 1) newer) > most then
    mode := 'large';
    return next;
    return;
  end if;

  if mode = 'replayed' then
    select array_agg(event_frame(e, s.epoch) order by e.seq) into events
    from live_event e where e.stream = wanted and e.seq > at_seq and e.seq <= s.head;
  end if;
  states := array(
    select state_frame(t.name, wanted, t.version, s.head, t.data) from stream_states(array[wanted], array[since]) t
    order by t.version);
  if not exists (select from unnest(states) f where f like '{"name":"campaign:counters"%') then
    states := array(
      select state_frame('campaign:counters', wanted, c.version, s.head, counters_document(c)) from campaign_counters c
      where wanted = campaign_stream(c.campaign_id)) || states;
  end if;
  -- An owner's page is whole with the metrics alone, and the desk needs its counts, whatever the position.
  if (wanted like 'advertiser:%' or wanted = 'moderation') and cardinality(states) = 0 then
    states := array(
      select state_frame(t.name, wanted, t.version, s.head, t.data)
      from stream_states(array[wanted], array[s.version - 1]) t);
  end if;
  -- So is a user's with the unread count.
  if wanted like 'user:%' and not exists (select from unnest(states) f where f like '{"name":"notification:unread"%') then
    states := states || array(
      select state_frame(t.name, wanted, t.version, s.head, t.data) from stream_states(array[wanted], array[-1::bigint]) t
      where t.name = 'notification:unread');
  end if;
  return next;
end
$$;
