-- Flags, whoever raised, settled or took them back: what became of their users' flags, and the items of the desk. Flags
-- that went with their comment leave the item to the trigger of that delete, which knows all that went with it.
create or replace function comment_flags_changed() returns trigger
language plpgsql
as $$
declare
  comments bigint[];
  flags comment_flag[];
  gone comment_flag[];
begin
  case tg_op
    when 'INSERT' then flags := array(select row(a.*)::comment_flag from after a);
    when 'DELETE' then gone := array(select row(b.*)::comment_flag from before b);
    else
      flags := array(select row(a.*)::comment_flag from after a);
      gone := array(select row(b.*)::comment_flag from before b);
  end case;
  insert into flagger_record as r (user_id, agreed, disagreed)
  select user_id, sum(sign * (outcome = 'agreed')::integer), sum(sign * (outcome = 'disagreed')::integer)
  from (
    select user_id, outcome, 1 as sign from unnest(flags) union all select user_id, outcome, -1 from unnest(gone)
  ) f
  where outcome in ('agreed', 'disagreed')
  group by user_id
  having (sum(sign * (outcome = 'agreed')::integer), sum(sign * (outcome = 'disagreed')::integer)) <> (0, 0)
  order by user_id
  on conflict (user_id) do update set agreed = r.agreed + excluded.agreed, disagreed = r.disagreed + excluded.disagreed;

  comments := array(
    select id from campaign_engagement
    where id in (select comment_id from unnest(flags) union select comment_id from unnest(gone)));
  if cardinality(comments) > 0 then
    perform lock_threads(comments);
    perform refresh_moderation_items(comments);
  end if;
  return null;
end
$$;

drop trigger if exists comment_flags_inserted on comment_flag;
create trigger comment_flags_inserted after insert on comment_flag
referencing new table as after
for each statement execute function comment_flags_changed();

drop trigger if exists comment_flags_updated on comment_flag;
create trigger comment_flags_updated after update on comment_flag
referencing old table as before new table as after
for each statement execute function comment_flags_changed();

drop trigger if exists comment_flags_deleted on comment_flag;
create trigger comment_flags_deleted after delete on comment_flag
referencing old table as before
for each statement execute function comment_flags_changed();
