-- Takes a sanction back by its line in the log: it ends, and one that it replaced, and whose time is not over, holds again.
-- `outcome` is lifted, or a problem code: unknown_decision, forbidden (not one's own, and no admin), already_undone,
-- unknown_sanction (it ended by its time, or another took its place).
create or replace function undo_sanction(
  decision bigint, words text, actor bigint, actor_name text, is_admin boolean
) returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  l moderation_log;
  undo moderation_log;
begin
  select * into l from moderation_log m
  where m.id = decision and m.action in ('warn', 'mute', 'premod', 'suspend', 'ban');
  if l.id is not null then perform pg_advisory_xact_lock(sanctions_lock(l.user_id)); end if;
  outcome := case
    when l.id is null then 'unknown_decision'
    when l.actor_id is distinct from actor and not is_admin then 'forbidden'
    when exists (select from moderation_log u where u.undoes = l.id) then 'already_undone'
    when not exists (select from user_sanction s where s.log_id = l.id and s.lifted_at is null) then 'unknown_sanction'
    else 'lifted'
  end;
  if outcome <> 'lifted' then
    return next;
    return;
  end if;

  -- Rows before streams, as whoever makes one takes them; the one that comes back too.
  perform from user_sanction s where s.user_id = l.user_id and (s.lifted_at is null or s.id = (l.details->>'replaces')::bigint)
  order by s.id for no key update;
  select r.document into document
  from lift_sanction(l.user_id, l.action, l.campaign_id, actor, actor_name, words) r;
  update user_sanction s set lifted_at = null, lifted_by = null
  where s.id = (l.details->>'replaces')::bigint and (s.until is null or s.until > clock_timestamp());
  select * into undo from moderation_log u where u.undoes = l.id;
  document := jsonb_build_object('id', undo.id, 'at', iso(undo.at), 'action', undo.action, 'userId', undo.user_id,
    'campaignId', undo.campaign_id, 'reason', undo.reason, 'explanation', undo.explanation, 'undoes', l.id,
    'moderator', jsonb_build_object('id', undo.actor_id, 'name', undo.actor_name), 'sanction', document);
  return next;
end
$$;
