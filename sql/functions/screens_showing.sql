-- On how many screens of all nodes a comment is now; a node that fell silent counts for ten seconds.
create or replace function screens_showing(comment bigint) returns integer
language sql stable
as $$
  select coalesce(sum(screens), 0)::integer from comment_screens
  where comment_id = comment and at > clock_timestamp() - interval '10 seconds'
$$;
