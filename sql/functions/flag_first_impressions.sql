-- Keeps is_unique_impression true to its meaning (the viewer's first valid impression of that campaign, ever) after rows
-- went away or came in another order. Looks at these viewers alone; touches only rows whose flag is wrong.
-- Each viewer is looked up in its index: a join planned while the table was small would go on reading all of it.
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
      where s.campaign_id = k.campaign_id and impression_viewer(s.user_id, s.session_id) = k.viewer offset 0
    ) r
    left join impression_verdict v on v.impression_id = r.id
  ) truth
  where i.id = truth.id and i.is_unique_impression is distinct from truth.is_first;
end
$$;
