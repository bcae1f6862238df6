drop index impression_event_waiting, impression_event_waiting_since;
create index impression_event_waiting on impression_event (impression_event_id) where impression_id is null;
alter table impression_event alter constraint impression_event_belongs_to_an_impression not deferrable;
alter table impression_event drop column dated;

drop index campaign_impressions_by_viewer;
create index campaign_impressions_by_viewer on campaign_impressions (campaign_id, user_id, session_id);

drop type impression_item;
drop type invalid_change;
drop table campaign_invalid_viewers, campaign_invalid_counters, traffic_rule;
