-- An author's new text. Under the campaign's lock, so of two edits of one revision one is stale.
--   expected: the revision the author saw; window_seconds: how long after it was written a comment may be edited
--   new_exact, new_bands: by which texts like the new one are found, as in add_comments; null leaves what is there
--   new_status, why, hits, rules_version: what the rules found in the new text, as in add_comments. One that is held is gone
--   for others from here on, and its new text was never theirs to see.
-- `outcome` is edited, unchanged, or a problem code; stale_revision comes with the comment as it is, a
-- sanction's code with what the editor is told of it.
drop function if exists edit_comment(bigint, bigint, text, integer, integer);
drop function if exists edit_comment(bigint, bigint, text, integer, integer, text, text, jsonb, integer);
create or replace function edit_comment(
  comment bigint, editor bigint, new_text text, expected integer, window_seconds integer,
  new_status text default null, why text default null, hits jsonb default null, rules_version integer default null,
  new_exact text default null, new_bands integer[] default null
) returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  e campaign_engagement;
  p campaign_profile;
  s comment_state;
  locked record;
  barred write_answer;
  held write_answer;
  verdict record;
begin
  select * into locked from lock_comment(comment);
  e := locked.engagement;
  p := locked.profile;
  s := locked.state;
  barred := restriction_on(editor, e.campaign_id, array['ban', 'suspend', 'mute', 'warn']);

  outcome := case
    when e.id is null then 'unknown_comment'
    when campaign_status(p) not in ('live', 'paused', 'ended') then 'unknown_comment'
    when e.user_id <> editor then case s.status when 'pending' then 'unknown_comment' else 'forbidden' end
    when barred.outcome is not null then barred.outcome
    when s.status in ('removed', 'rejected') then 'comment_gone'
    when campaign_door(p) is not null then campaign_door(p)
    when coalesce(s.revision, 1) <> expected then 'stale_revision'
    when clock_timestamp() > e.created_at + make_interval(secs => window_seconds) then 'edit_window_closed'
    when e.comment_text = new_text then 'unchanged'
    else 'edited'
  end;
  if outcome = barred.outcome then document := barred.body; end if;
  if outcome = 'edited' then
    held := restriction_on(editor, e.campaign_id, array['premod']);
    select * into verdict from judged(new_status, why, hits, held.body);
    insert into comment_rule_hit (comment_id, revision, rule, outcome, evidence, score, rules_version, shadow)
    select comment, expected + 1, h.rule, h.outcome, h.evidence, h.score, coalesce(edit_comment.rules_version, 0), h.shadow
    from rule_hits(verdict.hits) h
    on conflict (comment_id, revision, rule) do update set
      outcome = excluded.outcome, evidence = excluded.evidence, score = excluded.score,
      rules_version = excluded.rules_version, shadow = excluded.shadow, at = excluded.at;
    insert into comment_fingerprint as known (comment_id, campaign_id, user_id, exact, bands, at)
    select comment, e.campaign_id, editor, new_exact, coalesce(new_bands, '{}'), clock_timestamp()
    where new_exact is not null
    on conflict (comment_id) do update set exact = excluded.exact, bands = excluded.bands, at = excluded.at;
    -- In one statement, so that a text that is held is told nobody, and the decision is about the new revision.
    with hidden as (
      insert into comment_state as kept (comment_id, campaign_id, status, removed_by, removed_reason)
      select comment, e.campaign_id, verdict.status, 'rule', verdict.reason where verdict.status is not null
      on conflict (comment_id) do update
      set status = excluded.status, removed_by = 'rule', removed_reason = excluded.removed_reason, changed_at = now()
    )
    update campaign_engagement set comment_text = new_text, updated_at = clock_timestamp() where id = comment;
  end if;
  if outcome in ('edited', 'unchanged', 'stale_revision') then
    select own.document into edit_comment.document from comment_own_documents own where own.id = comment;
  end if;
  return next;
end
$$;
