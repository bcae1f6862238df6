-- All flags, or all that the rules found, gone at once: the items that stood on them are derived anew.
create or replace function moderation_evidence_truncated() returns trigger
language plpgsql
as $$
begin
  if tg_table_name = 'comment_flag' then
    update flagger_record set agreed = 0, disagreed = 0 where (agreed, disagreed) <> (0, 0);
  end if;
  if not exists (select from campaign_engagement) then return null; end if; -- truncated along with it, and done there
  perform lock_streams(array(select distinct campaign_stream(campaign_id) from moderation_item order by 1));
  perform refresh_moderation_items(array(select comment_id from moderation_item));
  return null;
end
$$;

drop trigger if exists comment_flags_truncated on comment_flag;
create trigger comment_flags_truncated after truncate on comment_flag
for each statement execute function moderation_evidence_truncated();

drop trigger if exists comment_rule_hits_truncated on comment_rule_hit;
create trigger comment_rule_hits_truncated after truncate on comment_rule_hit
for each statement execute function moderation_evidence_truncated();
