drop index moderation_notice_by_decision;
alter table moderation_log drop constraint moderation_log_action_is_known;
alter table moderation_log add constraint moderation_log_action_is_known check (action in (
  'approve', 'reject', 'hold', 'refuse', 'undo', 'escalate', 'note',
  'warn', 'mute', 'premod', 'suspend', 'ban', 'lift', 'acknowledge',
  'appeal', 'grant', 'deny', 'notice', 'rules', 'flagger_warned')) not valid;
do $$
begin
  -- With lines of what became of notices it stays not valid, since nobody edits the log.
  if not exists (select from moderation_log where action in ('uphold', 'dismiss')) then
    alter table moderation_log validate constraint moderation_log_action_is_known;
  end if;
end
$$;
drop index moderation_claim_leaving;
alter table moderation_claim drop column leaving_at;
drop table comment_withdrawal;
