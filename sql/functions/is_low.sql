-- Is the balance of a campaign that wants to be paused for it below its threshold? Without a threshold that is zero;
-- without a budget it never is.
create or replace function is_low(p campaign_profile, impressions bigint) returns boolean
language sql immutable parallel safe
as $$
  select p.auto_pause_on_low_balance
    and coalesce(remaining_balance(p, impressions) < coalesce(p.minimum_balance_threshold, 0), false)
$$;
