-- Invalid traffic: what the rules go by, what is counted of it, and what an impression's events have to remember for it.

-- The rules whose measure is a number. Who changes one raises its version and runs `classify`. (Crawlers are told by the
-- list of a package; its version is the rule's.)
create table traffic_rule (
  rule text not null,
  class text not null,
  version integer not null,
  threshold integer not null,
  meaning text not null,
  constraint traffic_rule_is_one_a_name primary key (rule),
  constraint traffic_rule_threshold_is_positive check (threshold > 0),
  constraint traffic_rule_version_starts_at_one check (version >= 1)
);
insert into traffic_rule (rule, class, version, threshold, meaning) values
  ('impressions_per_minute', 'excessive_rate', 1, 120,
    'so many impressions of a campaign by one viewer within a minute are valid, those beyond are not'),
  ('click_delay', 'premature_click', 1, 50,
    'a click within so many milliseconds after its impression was nobody''s');

-- Invalid traffic by class; all there is is valid and invalid together.
create table campaign_invalid_counters (
  campaign_id bigint not null,
  class text not null,
  impressions bigint not null default 0,
  viewable bigint not null default 0,
  clicks bigint not null default 0,
  conversions bigint not null default 0,
  constraint campaign_invalid_counters_is_one_a_class primary key (campaign_id, class)
);

create table campaign_invalid_viewers (
  campaign_id bigint not null,
  viewer text not null,
  impressions bigint not null,
  constraint campaign_invalid_viewers_is_one_a_viewer primary key (campaign_id, viewer)
);
comment on table campaign_invalid_viewers is 'invalid impressions by viewer; campaign_viewers has the valid ones';

lock table impression_verdict in share row exclusive mode;
insert into campaign_invalid_counters
select i.campaign_id, v.class, count(*), count(*) filter (where i.is_viewable), count(*) filter (where i.clicked),
  count(*) filter (where i.converted)
from impression_verdict v join campaign_impressions i on i.id = v.impression_id group by 1, 2;
insert into campaign_invalid_viewers
select i.campaign_id, coalesce('u:' || i.user_id::text, 's:' || i.session_id), count(*)
from impression_verdict v join campaign_impressions i on i.id = v.impression_id group by 1, 2;

-- An invalid impression that appears (sign 1) or disappears (sign -1).
create type invalid_change as (
  sign integer,
  campaign_id bigint,
  class text,
  viewer text,
  viewable boolean,
  clicked boolean,
  converted boolean
);

-- An event on its way in, with the id that its impression will have.
create type impression_item as (
  o integer,
  type text,
  event uuid,
  "of" uuid,
  c bigint,
  placement text,
  audience text,
  region text,
  device text,
  location text,
  session text,
  u bigint,
  pid bigint,
  pt text,
  ip inet,
  ua text,
  at timestamptz,
  dated boolean,
  ms integer,
  bot integer,
  id bigint
);

-- A viewer is looked up by its name (impression_viewer), in the order of time.
drop index campaign_impressions_by_viewer;
create index campaign_impressions_by_viewer on campaign_impressions
  (campaign_id, (coalesce('u:' || user_id::text, 's:' || session_id)), created_at, id);

alter table impression_event add column dated boolean not null default false;
comment on column impression_event.dated is
  'occurred_at is the sender''s own; else it is when the server heard of it, and says nothing about the order of two events';

-- Events of an impression are written before it, with its id.
alter table impression_event alter constraint impression_event_belongs_to_an_impression deferrable initially deferred;

-- What waits for its impression. Whoever gave up waiting no longer names one.
drop index impression_event_waiting;
create index impression_event_waiting on impression_event (impression_event_id)
  where impression_id is null and impression_event_id is not null;
create index impression_event_waiting_since on impression_event (received_at)
  where impression_id is null and impression_event_id is not null;
