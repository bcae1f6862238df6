-- The version at which a stream reached its head, so that a subscriber who missed no event gets exactly the states that
-- changed since, also when the newest event has left the window: a campaign may be liked for days and not commented.
alter table live_stream add column head_version bigint not null default 0;
comment on column live_stream.head_version is 'version when the newest log event was written';

update live_stream s set head_version = e.version
from live_event e where e.stream = s.stream and e.seq = s.head;
