-- Lists hold what is shown, and the tombstones under which something is still shown.
create or replace function comment_is_listed(status text, descendants bigint) returns boolean
language sql immutable parallel safe
as $$ select coalesce(status, 'published') in ('published', 'approved') or (status in ('removed', 'rejected') and descendants > 0) $$;
