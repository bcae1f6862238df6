-- The relay takes what has not been sent: streams that moved, with their new log events, and the version from which
-- their states are to be read; `claimed` says how many rows of the outbox that was. Call it in a transaction and commit when sent: a relay that dies leaves all as it was.
create or replace function claim_outbox(batch integer) returns table (
  stream text, after_version bigint, since timestamptz, epoch text, seq bigint, name text, at text, data text,
  claimed bigint
)
language sql
as $$
  with claimed as (
    delete from live_outbox o
    using (select id from live_outbox order by id limit batch for update skip locked) c
    where o.id = c.id
    returning o.stream, o.after_seq, o.upto_seq, o.after_version, o.at
  ), moved as (
    select c.stream, min(c.after_seq) as after_seq, max(c.upto_seq) as upto_seq,
      min(c.after_version) as after_version, min(c.at) as since
    from claimed c group by c.stream
  )
  select m.stream, m.after_version, m.since, s.epoch, e.seq, e.name, iso(e.at), e.data::text,
    (select count(*) from claimed)
  from moved m
  join live_stream s on s.stream = m.stream
  left join live_event e on e.stream = m.stream and e.seq > m.after_seq and e.seq <= m.upto_seq
  order by m.stream, e.seq
$$;
