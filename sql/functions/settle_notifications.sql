-- Makes lists of notes, for these users, under their streams: all that was committed before, at most `most` notes.
--   1. take:    the notes; whoever else settles a user waits for the stream, and finds none
--   2. people:  each new reply, like or mention is put into the unread notification of its comment, once for ever
--   3. facts:   each is one more of the unread notification of its group_key
--   4. counts:  a campaign's engagement is read from its counters
--   5. recount: what the notes say has changed is counted from the rows themselves
--   6. bound:   what is withdrawn goes, and of more than 1,000 unread ones the oldest are put away
--   7. tell:    what grew is logged where somebody listens, sent to webhooks, and the unread count is published
-- Answers how many notes it took. What is switched off by the user leaves no row.
create or replace function settle_notifications(users bigint[], most integer default 5000) returns integer
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  notes notification_note[];
  streams text[];
  payloads jsonb[];
begin
  if not exists (select from notification_note where user_id = any (users)) then return 0; end if;
  perform lock_users(users);
  with taken as (
    delete from notification_note where id in (
      select n.id from notification_note n where n.user_id = any (users) order by n.id limit most)
    returning *
  )
  select array_agg(row(t.*)::notification_note order by t.id) into notes from taken t;
  if notes is null then return 0; end if;

  -- Each is planned anew, so what there is nothing for is not asked.
  if exists (select from unnest(notes) where source_id is not null) then perform settle_people(notes); end if;
  if exists (select from unnest(notes) where group_key is not null) then perform settle_facts(notes); end if;
  if exists (select from unnest(notes) where campaigns is not null) then perform settle_engagement(notes); end if;
  perform recount_notifications(array(
    select n.id from notification n
    where n.user_id = any (users) and n.comment_id in (select comment_id from unnest(notes) where group_key is null)
    union
    select n.id from notification n
    where n.comment_id is not null and n.user_id in (select user_id from unnest(notes) where kind is null and comment_id is null)));

  delete from notification n
  where n.user_id = any (users) and n.kind in ('comment_approved', 'comment_restored') and (
    n.comment_id in (select comment_id from unnest(notes) where group_key is null)
    or n.user_id in (select user_id from unnest(notes) where kind is null and comment_id is null))
    and is_withdrawn(n.kind, n.comment_id);
  perform put_away_surplus(array(
    select u.user_id from notification_user u where u.user_id = any (users) and u.unread >= 1000), 1000);

  with told as (
    update notification n set told = n.count from notification b
    where b.id = n.id and n.user_id = any (users) and n.told <> n.count
    returning n.*, b.told as before
  )
  select array_agg(user_stream(t.user_id) order by t.updated_at, t.id),
    array_agg(notification_document(n) order by t.updated_at, t.id)
  into streams, payloads
  from told t join notification n on n.id = t.id join live_stream s on s.stream = user_stream(t.user_id) and not s.dormant
  where t.count > t.before and t.in_app and t.read_at is null;
  perform send_notifications(users);
  perform tell_unread(users, coalesce(streams, '{}'),
    array(select 'notification:created'::text from unnest(streams)), coalesce(payloads, '{}'));
  update notification_user set settled_at = clock_timestamp() where user_id = any (users);
  return cardinality(notes);
end
$$;
