-- Why a comment may not be placed under this parent; null: it may. Nobody may reply under a comment that is gone,
-- however far above it is.
create or replace function comment_refusal(campaign bigint, parent bigint) returns text
language sql stable
as $$
  with recursive above as (
    select c.comment_id, c.parent_id from comment_counters c where c.comment_id = parent and c.campaign_id = campaign
    union all
    select c.comment_id, c.parent_id from above a join comment_counters c on c.comment_id = a.parent_id
  )
  select case
    when parent is null then null
    when not exists (select from above) then 'unknown_parent'
    when exists (select from above a join comment_state s using (comment_id) where not comment_is_shown(s.status))
      then 'parent_gone'
  end
$$;
