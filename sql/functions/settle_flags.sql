-- What a decision makes of the open flags of a comment. Those against an older text than the one that was judged are
-- obsolete: nobody said anything about them. So is an
-- author's own: nobody makes a record by reporting what they wrote. The caller holds the comment and its campaign's stream.
create or replace function settle_flags(comment bigint, verdict text, decision bigint) returns void
language sql
as $$
  update comment_flag f
  set outcome = case when verdict <> 'obsolete' and (f.created_at < s.edited_at or f.user_id = e.user_id) then 'obsolete'
    else verdict end,
    settled_by = decision
  from (select comment as id) c join campaign_engagement e on e.id = c.id left join comment_state s on s.comment_id = c.id
  where f.comment_id = c.id and f.outcome is null
$$;
