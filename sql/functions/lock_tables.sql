-- The first of all locks, against TRUNCATE alone. It takes tables whole, those that are named before those that name them,
-- and only then, in its triggers, the streams. Who held a stream, or a table further down, and then came for one of these
-- would wait for TRUNCATE, and TRUNCATE for them. lock_streams begins with this; who reads before that calls it first.
create or replace function lock_tables() returns void
language plpgsql
as $$
begin
  lock table campaign_profile, campaign_impressions, campaign_engagement in access share mode;
end
$$;
