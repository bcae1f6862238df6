-- Of these users' unread notifications the newest `most` stay, the rest is put away: who never reads has a list that ends.
-- The caller holds their streams, and tells the unread counts.
create or replace function put_away_surplus(users bigint[], most integer) returns void
language sql set plan_cache_mode = force_custom_plan
as $$
  select put_aside(array(
    select s.id from unnest(users) u (id) cross join lateral (
      select n.id from notification n
      where n.user_id = u.id and n.read_at is null order by n.updated_at desc, n.id desc offset most
    ) s), true)
  where cardinality(users) > 0
$$;
