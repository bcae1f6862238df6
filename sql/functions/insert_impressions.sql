-- The rows of the impressions among these new events (see record_impressions). A crawler's is judged with its birth, so
-- that it is never counted as valid.
drop function if exists insert_impressions(jsonb, integer[]);
create or replace function insert_impressions(fresh impression_item[]) returns void
language plpgsql
as $$
begin
  with draft as (
    select i.*, impression_viewer(i.u, i.session) as viewer from unnest(fresh) i where i.type = 'impression'
  ), judged as (
    insert into impression_verdict (impression_id, class, rule, rule_version)
    select id, 'crawler', 'user_agent', bot from draft where bot is not null
  )
  insert into campaign_impressions (id, campaign_id, brand_id, is_unique_impression, is_viewable, clicked, converted,
    user_id, profile_id, profile_type, device_type, location, placement, audience, region, cpi_rate, charged,
    ip_address, user_agent, session_id, created_at)
  overriding system value
  select d.id, d.c, p.brand_id,
    d.bot is null and v.viewer is null and row_number() over (partition by d.c, d.viewer, d.bot is null order by d.id) = 1,
    false, false, false,
    d.u, d.pid, d.pt, d.device, d.location, d.placement, d.audience, d.region, p.cpi_rate, false,
    d.ip, d.ua, d.session, d.at
  from draft d
  join campaign_profile p on p.id = d.c
  left join campaign_viewers v on v.campaign_id = d.c and v.viewer = d.viewer
  order by d.id;
end
$$;
