-- The rows of those impressions of a batch whose event ids are new (see record_impressions).
create or replace function insert_impressions(items jsonb, fresh integer[]) returns void
language plpgsql
as $$
begin
  with draft as (
    select i.*, nextval(pg_get_serial_sequence('campaign_impressions', 'id')) as id,
      impression_viewer(i.u, i.session) as viewer
    from (
      select * from jsonb_to_recordset(items) as i (o integer, type text, event uuid, c bigint, placement text,
        audience text, region text, device text, location text, session text, u bigint, pid bigint, pt text, ip inet,
        ua text, at timestamptz)
      where i.type = 'impression' and i.o = any (fresh) order by i.o
    ) i
  ), made as (
    insert into campaign_impressions (id, campaign_id, brand_id, is_unique_impression, is_viewable, clicked, converted,
      user_id, profile_id, profile_type, device_type, location, placement, audience, region, cpi_rate, charged,
      ip_address, user_agent, session_id, created_at)
    overriding system value
    select d.id, d.c, p.brand_id,
      v.viewer is null and row_number() over (partition by d.c, d.viewer order by d.id) = 1, false, false, false,
      d.u, d.pid, d.pt, d.device, d.location, d.placement, d.audience, d.region, p.cpi_rate, false,
      d.ip, d.ua, d.session, d.at
    from draft d
    join campaign_profile p on p.id = d.c
    left join campaign_viewers v on v.campaign_id = d.c and v.viewer = d.viewer
  )
  update impression_event e set impression_id = d.id from draft d where e.event_id = d.event;
end
$$;
