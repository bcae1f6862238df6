-- Notes of what moderators made of a flag, of an appeal and of a user, for all but who did it. A flag whose outcome is taken
-- back, by an undo or an appeal that was granted, is open again: `undone`, for whoever raised it was told another thing.
create or replace function flag_notified() returns trigger
language plpgsql
as $$
begin
  insert into notification_note (user_id, kind, campaign_id, comment_id, group_key, data)
  select a.user_id, 'flag_outcome', e.campaign_id, e.id, 'flag_outcome:' || e.id,
    jsonb_build_object('outcome', coalesce(a.outcome, 'undone'))
  from after a join before b using (id) join campaign_engagement e on e.id = a.comment_id
  where a.outcome is distinct from b.outcome
    and (a.outcome in ('agreed', 'disagreed') or a.outcome is null and b.outcome in ('agreed', 'disagreed'))
    and a.user_id is distinct from acting_user();
  return null;
end
$$;

drop trigger if exists flag_notified on comment_flag;
create trigger flag_notified after update on comment_flag
referencing old table as before new table as after
for each statement execute function flag_notified();

create or replace function appeal_notified() returns trigger
language plpgsql
as $$
begin
  insert into notification_note (user_id, kind, campaign_id, comment_id, group_key, data)
  select a.author_id, 'appeal_answered', a.campaign_id, a.comment_id, 'appeal_answered:' || a.id,
    jsonb_build_object('appealId', a.id, 'status', a.status, 'explanation', a.explanation)
  from after a join before b using (id) where a.status <> b.status and a.status in ('granted', 'denied')
    and a.author_id is distinct from acting_user();
  return null;
end
$$;

drop trigger if exists appeal_notified on moderation_appeal;
create trigger appeal_notified after update on moderation_appeal
referencing old table as before new table as after
for each statement execute function appeal_notified();

create or replace function sanction_notified() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    insert into notification_note (user_id, kind, campaign_id, group_key, data)
    select a.user_id, 'sanction', a.campaign_id, 'sanction:' || a.id, jsonb_build_object('action', 'imposed',
      'sanction', a.kind, 'reason', a.reason, 'explanation', a.explanation, 'until', iso(a.until))
    from after a where a.user_id is distinct from acting_user();
  else
    insert into notification_note (user_id, kind, campaign_id, group_key, data)
    select a.user_id, 'sanction', a.campaign_id, 'sanction:' || a.id,
      jsonb_build_object('action', 'lifted', 'sanction', a.kind, 'reason', a.reason)
    from after a join before b using (id) where a.lifted_at is not null and b.lifted_at is null
      and a.user_id is distinct from acting_user();
  end if;
  return null;
end
$$;

drop trigger if exists sanction_notified_inserted on user_sanction;
create trigger sanction_notified_inserted after insert on user_sanction
referencing new table as after
for each statement execute function sanction_notified();

drop trigger if exists sanction_notified_updated on user_sanction;
create trigger sanction_notified_updated after update on user_sanction
referencing old table as before new table as after
for each statement execute function sanction_notified();
