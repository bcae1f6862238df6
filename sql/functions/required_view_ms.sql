-- For how long half the pixels have to be seen (MRC Viewable Ad Impression Guidelines): a display ad one second, a video
-- two. A placement shows video when the campaign's media for it (those that name it, or no placement) are videos alone.
create or replace function required_view_ms(campaign bigint, in_placement text) returns integer
language sql stable
as $$
  select case when bool_and(m.media_type = 'video') then 2000 else 1000 end
  from campaign_media m
  where m.campaign_id = campaign and (m.placement is null or m.placement = in_placement)
$$;
