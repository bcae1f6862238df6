-- A node says how many of its sockets show which comments; of those it does not name it shows none. What a node said half
-- a minute ago and never again is forgotten.
create or replace function tell_screens(teller text, comments bigint[], counts integer[]) returns void
language sql
as $$
  delete from comment_screens s
  where (s.node = teller and s.comment_id <> all (comments)) or s.at < clock_timestamp() - interval '30 seconds';
  insert into comment_screens as s (node, comment_id, screens, at)
  select teller, comment, count, clock_timestamp() from unnest(comments, counts) as t (comment, count)
  on conflict (comment_id, node) do update set screens = excluded.screens, at = excluded.at;
$$;
