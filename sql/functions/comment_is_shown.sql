-- Whether a comment of that status counts and is listed; null is a comment without a row in comment_state.
create or replace function comment_is_shown(status text) returns boolean
language sql immutable parallel safe
as $$ select coalesce(status, 'published') in ('published', 'approved') $$;
