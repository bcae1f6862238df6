-- The comments of a campaign that may be items, and those that are stored as items of it.
create or replace function moderation_candidates(campaign bigint) returns bigint[]
language sql stable
as $$
  select array(
    select comment_id from comment_state where campaign_id = campaign and status in ('pending', 'approved', 'rejected')
    union
    select f.comment_id from comment_flag f join campaign_engagement e on e.id = f.comment_id
    where e.campaign_id = campaign and f.outcome is null
    union
    select h.comment_id from comment_rule_hit h join campaign_engagement e on e.id = h.comment_id
    where e.campaign_id = campaign and h.outcome = 'flag'
    union
    select comment_id from moderation_item where campaign_id = campaign)
$$;
