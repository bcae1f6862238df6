-- Moderation stands beside the comments: the five tables keep their columns, and a comment's status is in comment_state.

-- What a flag weighed when it was raised, by the record of who raised it, and what a decision made of it.
alter table comment_flag
  add column weight numeric(4, 2) not null default 1,
  add column outcome text,
  add column settled_by bigint,
  add constraint comment_flag_weight_is_not_negative check (weight >= 0),
  add constraint comment_flag_outcome_is_known check (outcome in ('agreed', 'disagreed', 'obsolete'));
create index comment_flag_by_user on comment_flag (user_id, id desc);

-- What became of a user's flags. Kept from comment_flag in the transaction of the decision, and counted anew from it by
-- rebuild; only the warning is a fact of its own.
create table flagger_record (
  user_id bigint not null,
  agreed integer not null default 0,
  disagreed integer not null default 0,
  warned_at timestamptz,
  constraint flagger_record_is_one_a_user primary key (user_id)
);

-- What each rule found in a text, of this revision. `evidence` is the rule's own (words with their places, scores, links).
create table comment_rule_hit (
  id bigint generated always as identity,
  comment_id bigint not null,
  revision integer not null,
  rule text not null,
  outcome text not null,
  evidence jsonb not null default '{}',
  score real,
  rules_version integer not null,
  -- Found while the rules only watched: it is evidence and moves nothing.
  shadow boolean not null default false,
  at timestamptz not null default clock_timestamp(),
  constraint comment_rule_hit_id_is_unique primary key (id),
  constraint comment_rule_hit_is_one_a_rule unique (comment_id, revision, rule),
  constraint comment_rule_hit_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade deferrable initially deferred,
  constraint comment_rule_hit_outcome_is_known check (outcome in ('publish', 'flag', 'hold', 'reject'))
);

-- A comment in a queue of the desk: a projection of its state, its flags, its rule hits and the log. No foreign key: a
-- cascade would take rows away before the trigger that counts and announces them has seen them.
create table moderation_item (
  comment_id bigint not null,
  campaign_id bigint not null,
  queue text not null,
  revision integer not null,
  -- Of the flags that no decision settled yet: how many, and the sum of their weights.
  flags integer not null default 0,
  weight numeric(8, 2) not null default 0,
  escalated boolean not null default false,
  -- The line of the log that put it where it is; null: no moderator did.
  decision_id bigint,
  entered_at timestamptz not null,
  constraint moderation_item_is_one_a_comment primary key (comment_id),
  constraint moderation_item_queue_is_known check (queue in ('reported', 'pending', 'approved', 'rejected'))
);
create index moderation_item_by_queue on moderation_item (queue, entered_at desc, comment_id desc);
create index moderation_item_by_weight on moderation_item (queue, escalated desc, weight desc, entered_at, comment_id);
create index moderation_item_by_campaign on moderation_item (campaign_id);

-- How many items each queue holds, kept with the items under the lock of the stream `moderation`.
create table moderation_queue (
  queue text not null,
  items bigint not null default 0,
  constraint moderation_queue_is_one_a_name primary key (queue)
);
insert into moderation_queue (queue) values ('reported'), ('pending'), ('approved'), ('rejected');

-- A moderator at work on an item. A lease: past `until` it is nobody's, whether or not the row is still there.
create table moderation_claim (
  comment_id bigint not null,
  moderator_id bigint not null,
  moderator_name text not null,
  claimed_at timestamptz not null default clock_timestamp(),
  until timestamptz not null,
  constraint moderation_claim_is_one_an_item primary key (comment_id)
);
create index moderation_claim_by_end on moderation_claim (until);
create index moderation_claim_by_moderator on moderation_claim (moderator_id);

-- The stream of the desk is there from the start, so that it can be watched before anything happens.
insert into live_stream (stream) values ('moderation');

-- Everything that was decided, by whom and why, in one chain that nobody can edit: each line holds the hash of the one
-- before it. A decision's id is the id of its line. No foreign keys: it outlives what it speaks of.
create table moderation_log (
  id bigint not null,
  at timestamptz not null default clock_timestamp(),
  -- Null: a rule did it.
  actor_id bigint,
  actor_name text,
  action text not null,
  comment_id bigint,
  campaign_id bigint,
  -- Whom it concerns: the author of the comment, or who was sanctioned.
  user_id bigint,
  revision integer,
  reason text,
  explanation text,
  -- What an undo needs to put back and what a statement of reasons needs to say; the shape is the action's own.
  details jsonb not null default '{}',
  batch uuid,
  undoes bigint,
  previous_hash bytea,
  hash bytea not null,
  constraint moderation_log_id_is_unique primary key (id),
  constraint moderation_log_is_undone_once unique (undoes),
  constraint moderation_log_action_is_known check (action in (
    'approve', 'reject', 'hold', 'refuse', 'undo', 'escalate', 'note',
    'warn', 'mute', 'premod', 'suspend', 'ban', 'lift', 'acknowledge',
    'appeal', 'grant', 'deny', 'notice', 'rules', 'flagger_warned'))
);
create index moderation_log_by_comment on moderation_log (comment_id, id desc);
create index moderation_log_by_user on moderation_log (user_id, id desc);
create index moderation_log_by_actor on moderation_log (actor_id, id desc);
create index moderation_log_by_time on moderation_log (at, id);

-- What the author of a restricted comment, or a restricted user, is owed (Digital Services Act, article 17), as it was known
-- when it was decided; a decision's id is its line's. No foreign keys: it outlives what it speaks of.
create table moderation_statement (
  id bigint not null,
  document jsonb not null,
  constraint moderation_statement_is_one_a_decision primary key (id)
);

-- A restriction of a user, everywhere (campaign_id null) or in one campaign. It holds while lifted_at is null and until is
-- not past.
create table user_sanction (
  id bigint generated always as identity,
  user_id bigint not null,
  campaign_id bigint,
  kind text not null,
  reason text not null,
  explanation text,
  until timestamptz,
  created_by bigint,
  created_at timestamptz not null default clock_timestamp(),
  log_id bigint not null,
  lifted_at timestamptz,
  lifted_by bigint,
  acknowledged_at timestamptz,
  constraint user_sanction_id_is_unique primary key (id),
  constraint user_sanction_kind_is_known check (kind in ('warn', 'mute', 'premod', 'suspend', 'ban')),
  constraint user_sanction_suspension_ends check (kind <> 'suspend' or until is not null),
  constraint user_sanction_belongs_to_a_campaign foreign key (campaign_id)
    references campaign_profile (id) on delete cascade
);
create unique index user_sanction_is_one_a_kind
  on user_sanction (user_id, kind, coalesce(campaign_id, 0)) where lifted_at is null;
create index user_sanction_by_user on user_sanction (user_id, id desc);
-- Asked for every batch of writes, so by the user alone.
create index user_sanction_not_lifted on user_sanction (user_id) where lifted_at is null;
create index user_sanction_by_end on user_sanction (until) where lifted_at is null;

-- An author asks for a decision to be looked at again: once a decision.
create table moderation_appeal (
  id bigint generated always as identity,
  decision_id bigint not null,
  comment_id bigint not null,
  campaign_id bigint not null,
  author_id bigint not null,
  text text not null,
  status text not null default 'open',
  created_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  decided_by bigint,
  explanation text,
  constraint moderation_appeal_id_is_unique primary key (id),
  constraint moderation_appeal_is_one_a_decision unique (decision_id),
  constraint moderation_appeal_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade,
  constraint moderation_appeal_status_is_known check (status in ('open', 'granted', 'denied', 'obsolete'))
);
create index moderation_appeal_by_status on moderation_appeal (status, id);
create index moderation_appeal_by_author on moderation_appeal (author_id, id desc);

-- A notice of illegal content (Digital Services Act, article 16), from anybody.
create table moderation_notice (
  id bigint generated always as identity,
  comment_id bigint not null,
  campaign_id bigint not null,
  user_id bigint,
  name text,
  email text,
  explanation text not null,
  law text,
  good_faith boolean not null,
  status text not null default 'open',
  created_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  decided_by bigint,
  decision_id bigint,
  outcome text,
  constraint moderation_notice_id_is_unique primary key (id),
  constraint moderation_notice_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade,
  constraint moderation_notice_status_is_known check (status in ('open', 'upheld', 'dismissed')),
  constraint moderation_notice_is_in_good_faith check (good_faith)
);
create index moderation_notice_by_status on moderation_notice (status, id);

-- The rules as data; the highest version holds. None: the rules that come with the server.
create table moderation_rules (
  version integer not null,
  rules jsonb not null,
  note text,
  created_by bigint,
  created_at timestamptz not null default clock_timestamp(),
  constraint moderation_rules_version_is_unique primary key (version)
);

-- Sentences that moderators give as an explanation.
create table moderation_template (
  id bigint generated always as identity,
  reason text not null,
  title text not null,
  text text not null,
  created_by bigint,
  created_at timestamptz not null default clock_timestamp(),
  constraint moderation_template_id_is_unique primary key (id)
);
insert into moderation_template (reason, title, text) values
  ('abusive', 'Attacks a person', 'The comment attacks a person. Criticise what somebody says or does, not who they are.'),
  ('spam', 'Advertising', 'The comment advertises or repeats itself. Comments are for talking about the campaign.'),
  ('offensive', 'Offends', 'The comment demeans people for who they are.'),
  ('illegal', 'Against the law', 'The comment contains what the law does not allow to be shown.'),
  ('off_topic', 'Off topic', 'The comment has nothing to do with the campaign.');
