-- An invalid impression as a change to be counted.
create or replace function invalid_change_of(sign integer, class text, i campaign_impressions) returns invalid_change
language sql stable parallel safe
as $$
  select row(sign, i.campaign_id, class, impression_viewer(i.user_id, i.session_id),
    coalesce(i.is_viewable, false), coalesce(i.clicked, false), coalesce(i.converted, false))::invalid_change
$$;
