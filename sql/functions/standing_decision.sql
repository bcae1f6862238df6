-- The decision that stands against a comment: the last one about it that was not undone, where that is against it. Null: none.
create or replace function standing_decision(comment bigint) returns bigint
language sql stable
as $$
  select case when d.action <> 'approve' then d.id end from (
    select l.id, l.action from moderation_log l
    where l.comment_id = comment and l.action in ('approve', 'reject', 'hold', 'refuse')
      and not exists (select from moderation_log u where u.undoes = l.id)
    order by l.id desc limit 1
  ) d
$$;
