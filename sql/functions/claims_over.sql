-- The items whose leases release_claims ends, by its arguments.
create or replace function claims_over(comment bigint, moderator bigint, confirm_ms integer) returns bigint[]
language sql volatile
as $$
  select array(
    select comment_id from moderation_claim where comment_id = comment and moderator_id = moderator
    union
    select comment_id from moderation_claim
    where moderator is null and (until <= clock_timestamp()
      or leaving_at <= clock_timestamp() - make_interval(secs => confirm_ms / 1000.0)))
$$;
