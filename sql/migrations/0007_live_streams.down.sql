-- Clients that come back later find another epoch and start from a snapshot.
drop table live_outbox, live_event, live_stream;
