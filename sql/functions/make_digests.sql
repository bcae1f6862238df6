-- Digests of what changed before this hour, or before this day of the user's zone (UTC without one), is unread and did not
-- stand in one as it is now (digested_at: when what the last one held had changed): one a user, cadence and period, once over all nodes. Within quiet hours none is made; the first run after them
-- takes all there is. Each digest is also a notification of its own. Answers how many were made.
create or replace function make_digests(moment timestamptz, most_users integer default 1000) returns integer
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  made integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('make_digests')) then return 0; end if;
  with reader as (
    select r.user_id, coalesce(q.zone, 'UTC') as zone
    from (
      select distinct p.user_id from notification_preference p
      where p.digest <> 'none' and exists (
        select from notification n where n.user_id = p.user_id and n.read_at is null and n.count > 0
          and (n.digested_at is null or n.updated_at > n.digested_at))
    ) r left join notification_quiet_hours q using (user_id)
    where not is_quiet(r.user_id, moment) order by 1
  ), waiting as (
    select n.id, n.user_id, n.updated_at, s.digest as cadence, b.starts
    from reader r
    join notification n on n.user_id = r.user_id and n.read_at is null and n.count > 0
      and (n.digested_at is null or n.updated_at > n.digested_at)
    cross join lateral notification_setting(n.user_id, n.kind, n.campaign_id) s
    cross join lateral (
      select case s.digest when 'daily' then local_start(date_trunc('day', moment at time zone r.zone), r.zone)
        else date_trunc('hour', moment, r.zone) end as starts
    ) b
    where s.digest <> 'none' and n.kind <> 'digest' and n.updated_at < b.starts
      and not exists (
        select from notification_digest d where d.user_id = n.user_id and d.cadence = s.digest and d.period_start = b.starts)
  ), digest as (
    insert into notification_digest (user_id, cadence, period_start, items, notification_ids)
    select user_id, cadence, starts, count(*), array_agg(id order by id) from waiting
    group by user_id, cadence, starts order by user_id, cadence limit most_users
    on conflict do nothing returning *
  ), included as (
    update notification n set digested_at = w.updated_at
    from digest d, unnest(d.notification_ids) i (id) join waiting w using (id) where n.id = i.id
  ), noted as (
    insert into notification_note (user_id, kind, group_key, data)
    select user_id, 'digest', 'digest:' || id, jsonb_build_object('digestId', id, 'cadence', cadence,
      'periodStart', iso(period_start), 'items', items) from digest order by id
  )
  select count(*) into made from digest;
  return made;
end
$$;
