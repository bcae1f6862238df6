-- What a thread was: the texts that an edit replaced, every change of status, and the likes that a change replaced.
-- Written by triggers, so that another program's edits and removals are part of it.

-- Flags that the first build put right; the way down gives them back where nobody changed them since.
create table unique_impression_backup (
  impression_id bigint not null,
  was_unique boolean,
  became_unique boolean not null,
  constraint unique_impression_backup_is_one_a_row primary key (impression_id)
);

-- The first event that a stream's log has to hold: what came before has left the window, or a former epoch's log began
-- with it.
alter table live_stream add column kept_from bigint not null default 1;
update live_stream s
set kept_from = coalesce((select min(e.seq) from live_event e where e.stream = s.stream), s.head + 1);

-- Texts that are no longer the comment's. The present one stands in campaign_engagement.
create table comment_revision (
  comment_id bigint not null,
  revision integer not null,
  comment_text text not null,
  mentions bigint[] not null,
  written_at timestamptz not null,
  replaced_at timestamptz not null,
  constraint comment_revision_is_one_a_number primary key (comment_id, revision),
  constraint comment_revision_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade
);

-- A comment without a row here is published since it was written. `was` null: it was born with this status.
create table comment_status_change (
  id bigint generated always as identity,
  comment_id bigint not null,
  was text,
  status text not null,
  by text,
  reason text,
  at timestamptz not null default clock_timestamp(),
  constraint comment_status_change_id_is_unique primary key (id),
  constraint comment_status_change_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade deferrable initially deferred
);
create index comment_status_change_by_comment on comment_status_change (comment_id, id);

create type comment_move as (
  comment_id bigint,
  was text,
  status text,
  by text,
  reason text
);

-- A comment as it stood at a moment (comments_as_of).
create type past_comment as (
  comment_id bigint,
  parent_id bigint,
  depth integer,
  created_at timestamptz,
  status text,
  by text,
  reason text,
  likes bigint,
  replies bigint,
  descendants bigint
);

-- The likes a comment had until this version of its stream. With it a list by likes can be read on as it stood when its
-- first page was read, while likes go on moving. Kept as long as the events are.
create table comment_likes_before (
  comment_id bigint not null,
  version bigint not null,
  campaign_id bigint not null,
  likes bigint not null,
  at timestamptz not null default now(),
  constraint comment_likes_before_is_one_a_version primary key (comment_id, version)
);
create index comment_likes_before_by_campaign on comment_likes_before (campaign_id, version);
create index comment_likes_before_by_age on comment_likes_before using brin (at);

-- Whom a comment names.
create table comment_mention (
  comment_id bigint not null,
  user_id bigint not null,
  constraint comment_mention_is_one_a_user primary key (comment_id, user_id),
  constraint comment_mention_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade
);
-- What readers report: one flag a user and comment.
create table comment_flag (
  id bigint generated always as identity,
  comment_id bigint not null,
  user_id bigint not null,
  reason text not null,
  note text,
  created_at timestamptz not null default clock_timestamp(),
  constraint comment_flag_id_is_unique primary key (id),
  constraint comment_flag_is_one_a_user unique (comment_id, user_id),
  constraint comment_flag_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade,
  constraint comment_flag_reason_is_known
    check (reason in ('offensive', 'abusive', 'spam', 'illegal', 'off_topic', 'other'))
);

create index person_by_name on person (lower(name));
create index campaign_engagement_by_author
  on campaign_engagement (user_id, id desc) where engagement_type = 'comment';

-- A write_answer with the place in its stream that the writer may wait for (`?after=`).
create type write_outcome as (
  o integer,
  status integer,
  outcome text,
  version bigint,
  body jsonb,
  "position" jsonb
);
