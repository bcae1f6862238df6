-- Streams of live data. A stream's row is also the lock under which everything that belongs to it is written:
-- whoever holds it may take the next seq and the next version, so commit order is seq order and no gap can exist.
-- (A sequence hands ids out before the commit; a reader of `id > cursor` then loses the slower of two writers.)

create table live_stream (
  stream text not null,
  epoch text not null default replace(gen_random_uuid()::text, '-', ''),
  head bigint not null default 0,
  version bigint not null default 0,
  constraint live_stream_name_is_unique primary key (stream),
  constraint live_stream_only_moves_forward check (head >= 0 and version >= 0)
) with (fillfactor = 50);

comment on column live_stream.epoch is 'changes only when positions of old are void: clients then start from a snapshot';
comment on column live_stream.head is 'seq of the newest log event';
comment on column live_stream.version is 'raised by each change of a log or of a state; never falls';

-- Daily partitions are dropped whole when they leave the window; the default one only catches a day nobody prepared.
create table live_event (
  stream text not null,
  seq bigint not null,
  version bigint not null,
  name text not null,
  at timestamptz not null default clock_timestamp(),
  data jsonb not null,
  constraint live_event_has_one_seq primary key (stream, seq, at)
) partition by range (at);

create table live_event_default partition of live_event default;

comment on column live_event.version is 'of the stream when this was logged: states with a higher one are newer than this event';

-- What the relay has not sent yet: one row for each stream a transaction touched. Taken with skip locked, gone when sent.
create table live_outbox (
  id bigint generated always as identity,
  stream text not null,
  after_seq bigint not null,
  upto_seq bigint not null,
  after_version bigint not null,
  at timestamptz not null default clock_timestamp(),
  constraint live_outbox_id_is_unique primary key (id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
