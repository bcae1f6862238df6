-- The answers of a batch, each with where its campaign's stream stands now. A statement of its own after the rows were
-- written, and under the streams' locks: so the position holds the write, and nobody else's that is not committed.
-- An answer that was kept under its key has none: it is as old as its write, and the stream may have gone on.
--   places, campaigns: whose campaign the item at each place is
create or replace function with_positions(answers write_answer[], places integer[], campaigns bigint[])
returns setof write_outcome
language sql stable
as $$
  select a.o, a.status, a.outcome, a.version, a.body,
    case when a.status > 0 and a.outcome <> 'replayed' then jsonb_build_object('stream', s.stream, 'epoch', s.epoch, 'seq', s.head) end
  from unnest(answers) a
  left join unnest(places, campaigns) as t (o, campaign_id) on t.o = a.o
  left join live_stream s on s.stream = campaign_stream(t.campaign_id)
$$;
