-- What a rule holds or rejects is a decision like a moderator's, whichever program applied it: a line of the log, once a
-- revision, so that a comment that comes back to where it was (an undo) is not decided again.
create or replace function rule_restriction_logged() returns trigger
language plpgsql
as $$
declare
  r record;
begin
  if not exists (select from after where by = 'rule' and status in ('pending', 'rejected')) then return null; end if;
  perform lock_streams(array['moderation']);
  for r in
    select a.comment_id, a.was, a.status, a.reason, e.campaign_id, e.user_id, coalesce(s.revision, 1) as revision,
      case a.status when 'pending' then 'hold' else 'refuse' end as action
    from after a
    join campaign_engagement e on e.id = a.comment_id
    left join comment_state s on s.comment_id = a.comment_id
    where a.by = 'rule' and a.status in ('pending', 'rejected')
    order by a.id
  loop
    continue when exists (
      select from moderation_log l where l.comment_id = r.comment_id and l.actor_id is null and l.action = r.action
        and l.revision = r.revision);
    perform append_moderation_log(null, null, r.action, r.comment_id, r.campaign_id, r.user_id, r.revision, r.reason, null,
      jsonb_build_object('status', r.status, 'was', coalesce(r.was, 'new')), null, null);
  end loop;
  return null;
end
$$;

drop trigger if exists rule_restriction_logged on comment_status_change;
create trigger rule_restriction_logged after insert on comment_status_change
referencing new table as after
for each statement execute function rule_restriction_logged();
