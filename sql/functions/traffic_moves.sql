-- Where the verdicts of a campaign differ from what the rules of now say (see traffic_verdicts): null is valid. Verdicts
-- that no rule of ours made are somebody's decision and stay. With `by_rule` the moves that this rule causes.
create or replace function traffic_moves(campaign bigint, crawlers text[], list integer, by_rule text)
returns table (impression_id bigint, was_class text, was_rule text, was_version integer, class text, rule text, rule_version integer)
language sql stable
as $$
  select coalesce(t.impression_id, k.impression_id), k.class, k.rule, k.rule_version, t.class, t.rule, t.rule_version
  from traffic_verdicts(campaign, crawlers, list) t
  full join (
    select v.impression_id, v.class, v.rule, v.rule_version
    from impression_verdict v join campaign_impressions r on r.id = v.impression_id
    where r.campaign_id = campaign
  ) k on k.impression_id = t.impression_id
  where (k.class, k.rule, k.rule_version) is distinct from (t.class, t.rule, t.rule_version)
    and (k.rule is null or k.rule in ('user_agent', 'impressions_per_minute', 'click_delay'))
    and (by_rule is null or by_rule in (k.rule, t.rule))
$$;
