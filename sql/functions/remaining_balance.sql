-- What is left of a campaign's budget now: campaign_budget - valid impressions × cpi_rate, rounded as money; null where
-- there is no budget. (The column of the profile says the same of what has been billed.)
create or replace function remaining_balance(p campaign_profile, impressions bigint) returns numeric
language sql immutable parallel safe
as $$ select round(p.campaign_budget - coalesce(impressions, 0) * coalesce(p.cpi_rate, 0), 2) $$;
