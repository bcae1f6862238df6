-- 0022: what an author took back while it was rejected, who is about to leave a claim, and what became of a notice.

-- The author of a rejected comment asked for it to be removed: the rejection stays what is shown, and whatever ends it
-- finds here that the text is not to come back.
create table comment_withdrawal (
  comment_id bigint not null,
  at timestamptz not null default clock_timestamp(),
  constraint comment_withdrawal_is_one_a_comment primary key (comment_id),
  constraint comment_withdrawal_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade
);

alter table moderation_claim add column leaving_at timestamptz;
comment on column moderation_claim.leaving_at is
  'when the last socket of its moderator left a node; another node that has one empties it';
create index moderation_claim_leaving on moderation_claim (leaving_at) where leaving_at is not null;

alter table moderation_log drop constraint moderation_log_action_is_known;
alter table moderation_log add constraint moderation_log_action_is_known check (action in (
  'approve', 'reject', 'hold', 'refuse', 'undo', 'escalate', 'note',
  'warn', 'mute', 'premod', 'suspend', 'ban', 'lift', 'acknowledge',
  'appeal', 'grant', 'deny', 'notice', 'uphold', 'dismiss', 'rules', 'flagger_warned'));

create index moderation_notice_by_decision on moderation_notice (decision_id) where decision_id is not null;
