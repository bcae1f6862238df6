-- A campaign as HTTP and `campaign:updated` show it to anyone.
create or replace function campaign_document(p campaign_profile) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object(
    'id', p.id,
    'name', p.name,
    'description', p.description,
    'objective', p.objective,
    'advertiserId', p.advertiser_id,
    'brandId', p.brand_id,
    'targetAudiences', to_jsonb(coalesce(p.target_audiences, '{}')),
    'targetRegions', to_jsonb(coalesce(p.target_regions, '{}')),
    'targetPlacements', to_jsonb(coalesce(p.target_placements, '{}')),
    'targetLocation', p.target_location,
    'nationalLocation', p.national_location,
    'regionalCountryCode', p.regional_country_code,
    'nationalCountryCode', p.national_country_code,
    'startDate', iso(p.start_date),
    'launchedAt', iso(p.launched_at),
    'endedAt', iso(p.ended_at),
    'callToAction', p.call_to_action,
    'campaignSocials', p.campaign_socials,
    'status', campaign_status(p),
    'media', coalesce((
      select jsonb_agg(jsonb_build_object('id', m.id, 'mediaType', m.media_type, 'placement', m.placement,
        'fileUrl', m.file_url, 'fileName', m.file_name, 'contentType', m.content_type,
        'displayOrder', coalesce(m.display_order, 0)) order by coalesce(m.display_order, 0), m.id)
      from campaign_media m where m.campaign_id = p.id), '[]'),
    'counters', coalesce((select counters_document(c) from campaign_counters c where c.campaign_id = p.id),
      jsonb_build_object('campaignId', p.id, 'likes', 0, 'shares', 0, 'comments', 0, 'saves', 0, 'bookmarks', 0,
        'impressions', 0)))
$$;
