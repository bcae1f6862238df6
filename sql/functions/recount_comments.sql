-- comment_counters of one campaign, from the raw rows: the tree by parents, likes, and shown replies and descendants.
create or replace function recount_comments(campaign bigint, next_version bigint) returns void
language plpgsql
as $$
begin
  with truth as materialized (
    select * from comment_counters_from_raw(campaign, next_version)
  ), gone as (
    delete from comment_counters where ctid = any (array(
      select c.ctid from truth t
      full join (select ctid, comment_id from comment_counters where campaign_id = campaign) c using (comment_id)
      where t.comment_id is null))
  )
  insert into comment_counters as c select * from truth
  on conflict (comment_id) do update set
    campaign_id = excluded.campaign_id, parent_id = excluded.parent_id, depth = excluded.depth,
    created_at = excluded.created_at, version = excluded.version, likes = excluded.likes,
    replies = excluded.replies, descendants = excluded.descendants
  where (c.campaign_id, c.parent_id, c.depth, c.created_at, c.likes, c.replies, c.descendants)
    is distinct from (excluded.campaign_id, excluded.parent_id, excluded.depth, excluded.created_at, excluded.likes,
      excluded.replies, excluded.descendants);
end
$$;
