-- The comments that one stands below: root first, its parent last.
create or replace function comments_above(comment bigint) returns table (comment_id bigint, depth integer)
language sql stable rows 5
as $$
  with recursive above as (
    select p.comment_id, p.parent_id, p.depth
    from comment_counters c join comment_counters p on p.comment_id = c.parent_id where c.comment_id = comment
    union all
    select p.comment_id, p.parent_id, p.depth from above a join comment_counters p on p.comment_id = a.parent_id
  )
  select a.comment_id, a.depth from above a order by a.depth
$$;
