-- What rules ask about a text beside the text itself. Kept a day; nothing is derived from it.
create table comment_fingerprint (
  comment_id bigint not null,
  campaign_id bigint not null,
  user_id bigint not null,
  -- Equal where two texts are equal but for case, spaces and punctuation.
  exact text not null,
  -- Of a 64 bit simhash its four quarters, each with its place: texts that differ in at most three bits share one.
  bands integer[] not null,
  at timestamptz not null default clock_timestamp(),
  constraint comment_fingerprint_is_one_a_comment primary key (comment_id),
  constraint comment_fingerprint_belongs_to_a_comment foreign key (comment_id)
    references campaign_engagement (id) on delete cascade deferrable initially deferred
);
create index comment_fingerprint_by_text on comment_fingerprint (exact, at desc);
create index comment_fingerprint_by_bands on comment_fingerprint using gin (bands);
create index comment_fingerprint_by_age on comment_fingerprint (at);

-- How many sockets of a node show a comment that waits at the desk, as of `at`. A node that is gone no longer says so;
-- nothing is lost with it, so it is not logged.
create unlogged table comment_screens (
  node text not null,
  comment_id bigint not null,
  screens integer not null,
  at timestamptz not null default clock_timestamp(),
  constraint comment_screens_is_one_a_node primary key (comment_id, node)
);
create index comment_screens_by_age on comment_screens (at);
