-- What the rules found of comments moves the desk, whoever wrote it down. Hits that went with their comment are left to
-- the trigger of that delete.
create or replace function comment_rule_hits_changed() returns trigger
language plpgsql
as $$
declare
  comments bigint[];
begin
  case tg_op
    when 'INSERT' then comments := array(select distinct comment_id from after);
    when 'DELETE' then comments := array(select distinct comment_id from before);
    else comments := array(select comment_id from after union select comment_id from before);
  end case;
  comments := array(select id from campaign_engagement where id = any (comments));
  if cardinality(comments) > 0 then
    perform lock_threads(comments);
    perform refresh_moderation_items(comments);
  end if;
  return null;
end
$$;

drop trigger if exists comment_rule_hits_inserted on comment_rule_hit;
create trigger comment_rule_hits_inserted after insert on comment_rule_hit
referencing new table as after
for each statement execute function comment_rule_hits_changed();

drop trigger if exists comment_rule_hits_updated on comment_rule_hit;
create trigger comment_rule_hits_updated after update on comment_rule_hit
referencing old table as before new table as after
for each statement execute function comment_rule_hits_changed();

drop trigger if exists comment_rule_hits_deleted on comment_rule_hit;
create trigger comment_rule_hits_deleted after delete on comment_rule_hit
referencing old table as before
for each statement execute function comment_rule_hits_changed();
