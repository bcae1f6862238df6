-- One stream against itself: its log is dense up to the head, and nothing is ahead of its version. A stream of which
-- there is no row in live_stream is missed where something names it.
--   The log begins where live_stream says it does (what came before left the window), has no hole and no seq twice, and
--   ends at the head.
create or replace function audit_stream(wanted text)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  with log as (
    select count(*) as events, count(distinct seq) as seqs, min(seq) as first, max(seq) as last,
      count(*) filter (where version < before) as falls, max(version) as version
    from (select seq, version, lag(version) over (order by seq, at) as before from live_event where stream = wanted) e
  ), outbox as (
    select id, after_seq, upto_seq, after_version from live_outbox where stream = wanted
  )
  select 'live_stream', wanted, 'no row', null
  where not exists (select from live_stream where stream = wanted)
  union all
  select 'live_stream', wanted, format('from %s to head %s', s.kept_from, s.head),
    format('%s events of %s seqs from %s to %s', l.events, l.seqs, l.first, l.last)
  from live_stream s, log l
  where s.stream = wanted and (coalesce(l.first, s.head + 1) <> s.kept_from or coalesce(l.last, s.head) <> s.head
    or l.seqs <> s.head - s.kept_from + 1 or l.events <> l.seqs)
  union all
  select 'live_stream', wanted, format('version %s', s.version),
    format('versions up to %s in the log, falling %s times', l.version, l.falls)
  from live_stream s, log l
  where s.stream = wanted and (l.version > s.version or l.falls > 0)
  union all
  select 'live_outbox', o.id::text, format('seq %s to %s, version from %s', o.after_seq, o.upto_seq, o.after_version),
    format('head %s, version %s', s.head, s.version)
  from outbox o join live_stream s on s.stream = wanted
  where o.after_seq > o.upto_seq or o.upto_seq > s.head or o.after_version >= s.version
$$;
