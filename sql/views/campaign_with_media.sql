-- A campaign with its files. The first of a kind is the one with the lowest display_order, then the lowest id.
create or replace view campaign_with_media as
select
  p.*,
  (select m.file_url from campaign_media m where m.campaign_id = p.id and m.media_type = 'image'
    order by m.display_order, m.id limit 1) as first_image_url,
  (select m.file_url from campaign_media m where m.campaign_id = p.id and m.media_type = 'video'
    order by m.display_order, m.id limit 1) as first_video_url,
  coalesce((select json_agg(m order by m.display_order, m.id) from campaign_media m where m.campaign_id = p.id), '[]')
    as all_media
from campaign_profile p;
