-- A file of a campaign as its owner sees it; everybody else sees the part in campaign_document.
create or replace function media_document(m campaign_media) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('id', m.id, 'campaignId', m.campaign_id, 'brandId', m.brand_id, 'advertiserId', m.advertiser_id,
    'mediaType', m.media_type, 'placement', m.placement, 'fileUrl', m.file_url, 'fileName', m.file_name,
    'fileSize', m.file_size, 'contentType', m.content_type, 'displayOrder', coalesce(m.display_order, 0),
    'createdAt', iso(m.created_at), 'updatedAt', iso(m.updated_at))
$$;
