drop function if exists insert_impressions(impression_item[]);
-- The rows of the impressions among these new events (see record_impressions). A crawler's is judged with its birth, so
-- that it is never counted as valid. Answers the viewers who, with these, have more than `most` impressions of a campaign,
-- valid and invalid: nobody else can have too many a minute.
create or replace function insert_impressions(fresh impression_item[], most integer) returns campaign_viewers[]
language plpgsql
as $$
declare
  often campaign_viewers[];
begin
  perform set_config('campaign_pulse.defaults', 'known', true); -- see impressions_defaults
  with draft as (
    select i.*, v.viewer is null and i.bot is null and i.nth = 1 as is_unique,
      i.impressions + coalesce(v.impressions, 0) + coalesce(x.impressions, 0) > most as is_often
    from (
      select k.*, count(*) over (partition by k.c, k.viewer) as impressions,
        row_number() over (partition by k.c, k.viewer, k.bot is null order by k.id) as nth
      from (select n.*, impression_viewer(n.u, n.session) as viewer from unnest(fresh) n where n.type = 'impression') k
    ) i
    left join campaign_viewers v on v.campaign_id = i.c and v.viewer = i.viewer
    left join campaign_invalid_viewers x on x.campaign_id = i.c and x.viewer = i.viewer
  ), judged as (
    insert into impression_verdict (impression_id, class, rule, rule_version)
    select id, 'crawler', 'user_agent', bot from draft where bot is not null
  ), made as (
    insert into campaign_impressions (id, campaign_id, brand_id, is_unique_impression, is_viewable, clicked, converted,
      user_id, profile_id, profile_type, device_type, location, placement, audience, region, cpi_rate, charged,
      ip_address, user_agent, session_id, created_at)
    overriding system value
    select d.id, d.c, p.brand_id, d.is_unique, false, false, false,
      d.u, d.pid, d.pt, d.device, d.location, d.placement, d.audience, d.region, p.cpi_rate, false,
      d.ip, d.ua, d.session, d.at
    from draft d
    join campaign_profile p on p.id = d.c
    order by d.id
  )
  select coalesce(array_agg(distinct row(c, viewer, impressions)::campaign_viewers) filter (where is_often), '{}')
  into often from draft;
  perform set_config('campaign_pulse.defaults', '', true);
  return often;
end
$$;
