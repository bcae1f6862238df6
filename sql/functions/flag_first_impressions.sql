-- Keeps is_unique_impression true to its meaning (the viewer's first valid impression of that campaign, ever) after rows
-- went away or came in another order. Looks at these viewers alone; touches only rows whose flag is wrong.
-- A viewer is looked up by what it is made of (see impression_viewer): so the index over user and session serves, where
-- the viewer's name would need one of its own, or a walk over the whole campaign.
create or replace function flag_first_impressions(campaigns bigint[], viewers text[]) returns void
language plpgsql
as $$
begin
  update campaign_impressions i
  set is_unique_impression = truth.is_first
  from (
    select r.id, v.impression_id is null and row_number() over (partition by k.campaign_id, k.viewer
      order by v.impression_id is not null, r.id) = 1 as is_first
    from (select distinct campaign_id, viewer from unnest(campaigns, viewers) k (campaign_id, viewer)) k
    cross join lateral (
      select s.id from campaign_impressions s
      where k.viewer like 'u:%' and s.campaign_id = k.campaign_id and s.user_id = substr(k.viewer, 3)::bigint
      union all
      select s.id from campaign_impressions s
      where k.viewer like 's:%' and s.campaign_id = k.campaign_id and s.user_id is null and s.session_id = substr(k.viewer, 3)
    ) r
    left join impression_verdict v on v.impression_id = r.id
  ) truth
  where i.id = truth.id and i.is_unique_impression is distinct from truth.is_first;
end
$$;
