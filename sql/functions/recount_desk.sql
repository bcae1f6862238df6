-- What is counted over all campaigns: how many items a queue holds, and what became of each user's flags. Under the lock
-- of the desk's stream, and of the flags against everybody who writes.
create or replace function recount_desk() returns void
language plpgsql
as $$
begin
  perform lock_tables();
  lock table comment_flag in share row exclusive mode;
  perform lock_streams(array['moderation']);
  perform refresh_moderation_items(array(
    select comment_id from moderation_item i where not exists (select from campaign_engagement e where e.id = i.comment_id)));
  insert into moderation_queue as q (queue, items)
  select name, (select count(*) from moderation_item i where i.queue = name)
  from unnest(array['reported', 'pending', 'approved', 'rejected']) name
  on conflict (queue) do update set items = excluded.items where q.items <> excluded.items;
  insert into flagger_record as r (user_id, agreed, disagreed)
  select coalesce(t.user_id, k.user_id), coalesce(t.agreed, 0), coalesce(t.disagreed, 0)
  from flagger_records_from_raw() t full join flagger_record k on k.user_id = t.user_id
  where (coalesce(t.agreed, 0), coalesce(t.disagreed, 0)) is distinct from (k.agreed, k.disagreed)
  on conflict (user_id) do update set agreed = excluded.agreed, disagreed = excluded.disagreed;
  perform publish(array['moderation'], '{}', '{}', '{}');
end
$$;
