-- Notifications: what a user is told of. Triggers write notes in the transaction of the cause, and nothing but notes, so
-- that no writer ever waits for a reader's list; settle_notifications() makes the lists of them, under the user's stream.

create type notification_values as (
  likes bigint,
  shares bigint,
  comments bigint,
  saves bigint,
  bookmarks bigint
);

-- Something that may concern a user's list, in the transaction that caused it. Taken by whoever settles the user.
--   a fact (a milestone, a decision)          group_key: the notification that it is one more of
--   one more of comment_id's                  source_id: the reply, like or mentioning comment
--   comment_id is to be looked at again       no source_id
--   the list is to be looked at again         nothing at all
--   the counts of campaigns moved             kind engagement, campaigns
create table notification_note (
  id bigint generated always as identity,
  user_id bigint not null,
  kind text,
  campaign_id bigint,
  comment_id bigint,
  source_id bigint,
  group_key text,
  campaigns bigint[],
  data jsonb,
  at timestamptz not null default clock_timestamp(),
  constraint notification_note_id_is_unique primary key (id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index notification_note_by_user on notification_note (user_id, id);

-- Who hears of a campaign as its owner: the users whose tokens said so, the newest of an advertiser's.
create table advertiser_member (
  advertiser_id bigint not null,
  user_id bigint not null,
  seen_at timestamptz not null default now(),
  constraint advertiser_member_is_one_a_user primary key (advertiser_id, user_id)
);

-- How far a member has seen a campaign's counts: those of others, up to the engagement that was read last. No row: zero.
create table notification_mark (
  user_id bigint not null,
  campaign_id bigint not null,
  seen notification_values not null,
  constraint notification_mark_is_one_a_campaign primary key (campaign_id, user_id),
  constraint notification_mark_belongs_to_a_campaign foreign key (campaign_id)
    references campaign_profile (id) on delete cascade
);

create table notification (
  id bigint generated always as identity,
  user_id bigint not null,
  kind text not null,
  group_key text not null,
  campaign_id bigint,
  comment_id bigint,
  -- How many people, facts or engagements it stands for now; at zero nobody is shown it.
  count bigint not null default 0,
  -- The count that its reader was told last.
  told bigint not null default 0,
  data jsonb not null default '{}',
  -- Of engagement: the counts of others that it stands for; notification_mark once it is read.
  upto notification_values,
  -- Whether it is in the list; else only the digest has it.
  in_app boolean not null default true,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  read_at timestamptz,
  archived_at timestamptz,
  digested_at timestamptz,
  constraint notification_id_is_unique primary key (id),
  constraint notification_count_is_not_negative check (count >= 0),
  constraint notification_that_is_archived_was_read check (archived_at is null or read_at is not null)
);
create unique index notification_is_one_while_unread on notification (user_id, group_key) where read_at is null;
create index notification_by_user on notification (user_id, updated_at desc, id desc) where archived_at is null;
create index notification_untold on notification (user_id) where told <> count;
create index notification_by_comment on notification (user_id, comment_id) where comment_id is not null;
create index notification_by_end on notification (read_at) where read_at is not null;

-- The rows that a notification about people counts: each is in one notification of a user, for ever.
create table notification_entry (
  user_id bigint not null,
  kind text not null,
  source_id bigint not null,
  notification_id bigint not null,
  constraint notification_entry_is_counted_once primary key (source_id, kind, user_id),
  constraint notification_entry_belongs_to_a_notification foreign key (notification_id)
    references notification (id) on delete cascade
);
create index notification_entry_by_notification on notification_entry (notification_id, source_id desc);

-- The state `notification:unread`, kept with the rows it counts under the lock of the stream `user:N`.
create table notification_user (
  user_id bigint not null,
  unread bigint not null default 0,
  version bigint not null default 0,
  settled_at timestamptz not null default now(),
  constraint notification_user_is_one_a_user primary key (user_id)
);

-- What somebody wants to hear of. Kind null: of every kind; campaign null: of every campaign. The most specific holds:
-- kind and campaign, kind, campaign, neither; without any: in the list, in no digest, to no webhook.
create table notification_preference (
  user_id bigint not null,
  kind text,
  campaign_id bigint,
  in_app boolean not null,
  digest text not null,
  webhook boolean not null,
  constraint notification_preference_is_one_a_kind unique nulls not distinct (user_id, kind, campaign_id),
  constraint notification_preference_digest_is_known check (digest in ('none', 'hourly', 'daily'))
);

-- Times of day on the clock of the zone; from 22:00 to 07:00 goes over midnight. No digest is made within them.
create table notification_quiet_hours (
  user_id bigint not null,
  from_time time not null,
  to_time time not null,
  zone text not null,
  constraint notification_quiet_hours_are_one_a_user primary key (user_id),
  constraint notification_quiet_hours_are_not_always check (from_time <> to_time)
);

-- What a mailer would send: the unread notifications of an hour or a day that no digest had.
create table notification_digest (
  id bigint generated always as identity,
  user_id bigint not null,
  cadence text not null,
  period_start timestamptz not null,
  items bigint not null,
  notification_ids bigint[] not null,
  made_at timestamptz not null default now(),
  constraint notification_digest_id_is_unique primary key (id),
  constraint notification_digest_is_one_a_period unique (user_id, cadence, period_start),
  constraint notification_digest_cadence_is_known check (cadence in ('hourly', 'daily'))
);

-- How a campaign's delivery stood when it was looked at last: its owner hears when that changes to behind or ahead.
create table campaign_pacing (
  campaign_id bigint not null,
  pace text not null,
  since timestamptz not null default now(),
  constraint campaign_pacing_is_one_a_campaign primary key (campaign_id),
  constraint campaign_pacing_is_known check (pace in ('behind', 'even', 'ahead')),
  constraint campaign_pacing_belongs_to_a_campaign foreign key (campaign_id)
    references campaign_profile (id) on delete cascade
);

-- Invoices of which their owner heard that they are overdue.
create table invoice_overdue (
  invoice_id bigint not null,
  noted_at timestamptz not null default now(),
  constraint invoice_overdue_is_noted_once primary key (invoice_id),
  constraint invoice_overdue_belongs_to_an_invoice foreign key (invoice_id)
    references campaign_invoices (id) on delete cascade
);
