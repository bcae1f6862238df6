-- Begins a new epoch of these streams, where no event can tell what changed: every position is void, and clients start
-- from a snapshot. Nodes see it within two seconds and close the sockets of the old one. Heads and versions go on, so
-- that neither ever falls. The caller holds the streams' locks and publishes.
-- The first event goes, so that nobody is replayed what is void: a replay is whole or not at all. The others stay for
-- the nodes that have not seen the new epoch yet and read what they miss.
create or replace function begin_epoch(streams text[]) returns void
language plpgsql
as $$
begin
  update live_stream set epoch = default, kept_from = greatest(kept_from, least(head, 1) + 1)
  where stream = any (streams);
  delete from live_event where stream = any (streams) and seq = 1;
end
$$;
