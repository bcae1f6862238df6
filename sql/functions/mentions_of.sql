-- comment_mentions of a comment's present text.
create or replace function mentions_of(comment bigint) returns jsonb
language sql stable parallel safe
as $$ select comment_mentions(array(select m.user_id from comment_mention m where m.comment_id = comment)) $$;
