-- Who saw an impression: the user, else the session. Reach counts these.
create or replace function impression_viewer(user_id bigint, session_id text) returns text
language sql immutable parallel safe
as $$ select coalesce('u:' || user_id::text, 's:' || session_id) $$;
