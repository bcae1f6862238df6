-- What the server's own writes need beside the rows they make.

-- The answer of a write, kept with the write in its transaction: the same key again gets the same answer, and after a
-- connection broke in mid-commit the receipt tells whether the write is there.
create table write_receipt (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  body jsonb,
  at timestamptz not null default now(),
  constraint write_receipt_is_one_a_key primary key (scope, key)
);
create index write_receipt_by_age on write_receipt (at);

-- What a write function answers for one item: its place in the batch, an HTTP status, a problem code or an outcome word,
-- the version of the state it moved, and the body.
create type write_answer as (
  o integer,
  status integer,
  outcome text,
  version bigint,
  body jsonb
);

-- The last name a user's token carried; the five tables have no names.
create table person (
  user_id bigint not null,
  name text not null,
  seen_at timestamptz not null default now(),
  constraint person_is_one_a_user primary key (user_id)
);

-- Where a share went; campaign_engagement has no column for it.
create table share_channel (
  share_id bigint not null,
  channel text not null,
  constraint share_channel_is_one_a_share primary key (share_id),
  constraint share_channel_belongs_to_a_share foreign key (share_id)
    references campaign_engagement (id) on delete cascade
);

-- Every event id ever accepted, for good: the same id again changes nothing. A later event whose impression is not
-- there yet waits here (impression_id null) and is applied when the impression comes.
create table impression_event (
  event_id uuid not null,
  type text not null,
  impression_event_id uuid,
  impression_id bigint,
  duration_ms integer,
  occurred_at timestamptz not null,
  received_at timestamptz not null default now(),
  constraint impression_event_is_recorded_once primary key (event_id),
  constraint impression_event_type_is_known check (type in ('impression', 'viewable', 'click', 'conversion')),
  constraint impression_event_belongs_to_an_impression foreign key (impression_id)
    references campaign_impressions (id) on delete cascade
);
create index impression_event_by_impression on impression_event (impression_id);
create index impression_event_waiting on impression_event (impression_event_id) where impression_id is null;

-- A reaction on its way in, its campaign known.
create type reaction_target as (
  o integer,
  campaign_id bigint,
  comment_id bigint,
  user_id bigint,
  type text,
  is_on boolean,
  profile_id bigint,
  profile_type text
);

-- Users that demo sign-in invents; real ones come with their tokens.
create sequence demo_user start 100000;
