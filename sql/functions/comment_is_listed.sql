-- Lists hold what is shown, and the tombstones under which something is still shown. Written by what is not shown,
-- because the planner guesses that a `not in` leaves nearly all rows over, which is so.
create or replace function comment_is_listed(status text, descendants bigint) returns boolean
language sql immutable parallel safe
as $$ select coalesce(status, 'published') not in ('pending', 'rejected', 'removed') or descendants > 0 $$;
