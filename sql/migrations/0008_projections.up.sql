-- What is derived from the five tables. Kept by statement-level triggers in the transaction of the rows they count;
-- each can be dropped and rebuilt from the five tables (and the two side tables below) at any moment.

-- Side tables: what the five tables have no column for. Not derived, so never rebuilt. Their rows go with the row they
-- stand beside, by trigger and not by cascade: a cascade would be over before the trigger could see what it uncounts.

create table comment_state (
  comment_id bigint not null,
  campaign_id bigint not null,
  status text not null default 'published',
  revision integer not null default 1,
  edited_at timestamptz,
  removed_by text,
  removed_reason text,
  changed_at timestamptz not null default now(),
  constraint comment_state_is_one_a_comment primary key (comment_id),
  constraint comment_state_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete no action deferrable initially deferred,
  constraint comment_state_status_is_known
    check (status in ('published', 'approved', 'pending', 'rejected', 'removed')),
  constraint comment_state_remover_is_known check (removed_by in ('author', 'moderator', 'rule')),
  constraint comment_state_revision_starts_at_one check (revision >= 1)
);

comment on table comment_state is 'a comment without a row here is published, in its first revision';

create table impression_verdict (
  impression_id bigint not null,
  class text not null,
  rule text not null,
  rule_version integer not null,
  decided_at timestamptz not null default now(),
  constraint impression_verdict_is_one_an_impression primary key (impression_id),
  constraint impression_verdict_belongs_to_an_impression foreign key (impression_id)
    references campaign_impressions (id) on delete no action deferrable initially deferred
);

comment on table impression_verdict is 'an impression with a row here is invalid traffic; one without is valid';

-- What the counting functions take: rows that appear (sign 1) or disappear (sign -1).

create type engagement_change as (
  sign integer,
  id bigint,
  campaign_id bigint,
  engagement_type text,
  parent_comment_id bigint,
  shown boolean,
  created_at timestamptz
);

create type impression_change as (
  sign integer,
  id bigint,
  campaign_id bigint,
  viewer text,
  is_unique boolean,
  viewable boolean,
  clicked boolean,
  converted boolean,
  cpi_rate numeric(12, 6),
  hour timestamptz,
  placement text,
  audience text,
  region text,
  device_type text
);

-- Projections.

create table campaign_counters (
  campaign_id bigint not null,
  version bigint not null default 0,
  likes bigint not null default 0,
  shares bigint not null default 0,
  comments bigint not null default 0,
  saves bigint not null default 0,
  bookmarks bigint not null default 0,
  impressions bigint not null default 0,
  viewable bigint not null default 0,
  clicks bigint not null default 0,
  conversions bigint not null default 0,
  reach bigint not null default 0,
  spend numeric(20, 6) not null default 0,
  constraint campaign_counters_is_one_a_campaign primary key (campaign_id)
) with (fillfactor = 50);

create table comment_counters (
  comment_id bigint not null,
  campaign_id bigint not null,
  parent_id bigint,
  depth integer not null,
  created_at timestamptz not null,
  version bigint not null default 0,
  likes bigint not null default 0,
  replies bigint not null default 0,
  descendants bigint not null default 0,
  constraint comment_counters_is_one_a_comment primary key (comment_id)
) with (fillfactor = 80);

comment on column comment_counters.version is '0 until a count changes: a new comment is announced by its event alone';

-- The thread page by time and by likes, and what changed in a thread since a version.
create index comment_counters_by_time on comment_counters (campaign_id, parent_id, created_at, comment_id);
create index comment_counters_by_likes on comment_counters (campaign_id, parent_id, likes, created_at, comment_id);
create index comment_counters_by_version on comment_counters (campaign_id, version) where version > 0;

create table campaign_viewers (
  campaign_id bigint not null,
  viewer text not null,
  impressions bigint not null,
  constraint campaign_viewers_is_one_a_viewer primary key (campaign_id, viewer)
);

comment on column campaign_viewers.viewer is 'u:USER when the impression names a user, else s:SESSION';

-- A dimension nobody named is the empty string, so that the key can be unique.
create table impression_hourly (
  campaign_id bigint not null,
  hour timestamptz not null,
  placement text not null default '',
  audience text not null default '',
  region text not null default '',
  device_type text not null default '',
  impressions bigint not null default 0,
  viewable bigint not null default 0,
  clicks bigint not null default 0,
  conversions bigint not null default 0,
  uniques bigint not null default 0,
  spend numeric(20, 6) not null default 0,
  constraint impression_hourly_is_one_a_cell
    primary key (campaign_id, hour, placement, audience, region, device_type)
);

-- Says whether the projections have been built once over the rows that were there before the triggers.
create table projection_build (
  only_row boolean not null default true,
  built_at timestamptz,
  constraint projection_build_is_one_row primary key (only_row),
  constraint projection_build_only_row_is_true check (only_row)
);
insert into projection_build default values;
