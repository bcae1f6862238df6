-- What the rules found in a comment that another program wrote, after the fact: as the door would have left it. Under the
-- comment's lock; false when its text is another by now, or when it was judged, decided or hidden meanwhile.
--   judged_text: what the rules read; the rest as in add_comments
create or replace function judge_written(
  comment bigint, judged_text text, new_status text, why text, hits jsonb, rules_version integer,
  new_exact text, new_bands integer[]
) returns boolean
language plpgsql
as $$
declare
  locked record;
  e campaign_engagement;
  s comment_state;
begin
  select * into locked from lock_comment(comment);
  e := locked.engagement;
  s := locked.state;
  if e.id is null or e.comment_text is distinct from judged_text or coalesce(s.status, 'published') <> 'published'
    or exists (select from comment_fingerprint f where f.comment_id = comment) then return false; end if;

  insert into comment_fingerprint (comment_id, campaign_id, user_id, exact, bands, at)
  values (comment, e.campaign_id, e.user_id, new_exact, new_bands, clock_timestamp());
  insert into comment_rule_hit (comment_id, revision, rule, outcome, evidence, score, rules_version, shadow)
  select comment, coalesce(s.revision, 1), h.rule, h.outcome, h.evidence, h.score, judge_written.rules_version, h.shadow
  from rule_hits(hits) h
  on conflict (comment_id, revision, rule) do nothing;
  if new_status is not null then
    insert into comment_state as kept (comment_id, campaign_id, status, removed_by, removed_reason)
    values (comment, e.campaign_id, new_status, 'rule', why)
    on conflict (comment_id) do update
    set status = excluded.status, removed_by = 'rule', removed_reason = excluded.removed_reason, changed_at = now();
  end if;
  return true;
end
$$;
