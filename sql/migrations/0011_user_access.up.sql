-- What has been taken from a user before their token ends. Every node reads it twice a second; revoke_user() and
-- bar_user() write it, and any other writer may.
create table user_access (
  user_id bigint not null,
  -- Tokens issued before are refused everywhere.
  tokens_from timestamptz,
  -- Until then the user's sockets are treated as a stranger's: no private streams. HTTP judges a sanction by itself.
  barred_until timestamptz,
  reason text,
  -- The transaction that wrote the row last: what a reader's snapshot did not see yet is found by it, in whatever order
  -- transactions commit.
  changed_in xid8 not null default pg_current_xact_id(),
  constraint user_access_is_one_a_user primary key (user_id)
);
create index user_access_by_change on user_access (changed_in);
