-- Notes of who is named by a comment, and of who no longer is.
create or replace function mentions_notified() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    insert into notification_note (user_id, kind, campaign_id, comment_id, source_id)
    select a.user_id, 'mention', e.campaign_id, e.id, e.id
    from after a join campaign_engagement e on e.id = a.comment_id where a.user_id <> e.user_id;
  else
    insert into notification_note (user_id, comment_id) select b.user_id, b.comment_id from before b;
  end if;
  return null;
end
$$;

drop trigger if exists mentions_notified_inserted on comment_mention;
create trigger mentions_notified_inserted after insert on comment_mention
referencing new table as after
for each statement execute function mentions_notified();

drop trigger if exists mentions_notified_deleted on comment_mention;
create trigger mentions_notified_deleted after delete on comment_mention
referencing old table as before
for each statement execute function mentions_notified();
