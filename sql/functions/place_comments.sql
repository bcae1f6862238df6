-- Gives new comments their place in the tree: a row of comment_counters with parent and depth.
-- A statement may insert a comment together with its parent, so depths are found from the roots down; what no root leads
-- to because it stands below itself is refused.
create or replace function place_comments(changes engagement_change[]) returns void
language plpgsql
as $$
begin
  with recursive placed as (
    select c.id, c.campaign_id, c.parent_comment_id, c.created_at, coalesce(p.depth + 1, 0) as depth
    from unnest(changes) c
    left join comment_counters p on p.comment_id = c.parent_comment_id
    where c.engagement_type = 'comment' and (c.parent_comment_id is null or p.comment_id is not null)
    union all
    select c.id, c.campaign_id, c.parent_comment_id, c.created_at, placed.depth + 1
    from unnest(changes) c join placed on placed.id = c.parent_comment_id
    where c.engagement_type = 'comment'
  )
  insert into comment_counters (comment_id, campaign_id, parent_id, depth, created_at)
  select id, campaign_id, parent_comment_id, depth, created_at from placed
  on conflict (comment_id) do nothing;

  if exists (
    with recursive above as (
      select c.id, c.parent_comment_id as ancestor from unnest(changes) c
      where c.engagement_type = 'comment' and not exists (select from comment_counters p where p.comment_id = c.id)
      union
      select a.id, c.parent_comment_id from above a join unnest(changes) c on c.id = a.ancestor
    )
    select from above where ancestor = id
  ) then
    raise exception 'a comment can not stand below itself'
      using errcode = 'check_violation', constraint = 'no_comment_is_its_own_ancestor';
  end if;
end
$$;
