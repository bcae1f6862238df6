-- Removes what was read, or put away, more than so many days ago, the oldest first, at most `most`: how many. They count in
-- nothing, so no stream is locked. Digests go as late.
create or replace function expire_notifications(days integer, most integer) returns integer
language plpgsql
as $$
declare
  gone integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('expire_notifications')) then return 0; end if;
  with old as (
    delete from notification where id in (
      select id from notification where read_at < now() - make_interval(days => days) order by read_at limit most)
    returning 1
  )
  select count(*) into gone from old;
  delete from notification_digest where id in (
    select id from notification_digest where made_at < now() - make_interval(days => days) order by id limit most);
  return gone;
end
$$;
