-- Event ids of impressions that were deleted are free again.
alter type impression_item drop attribute tell;
delete from impression_event e
where e.gone_impression_id is not null
  or e.impression_id is not null and not exists (select from campaign_impressions i where i.id = e.impression_id);
alter table impression_event drop column gone_impression_id;
alter table impression_event add constraint impression_event_belongs_to_an_impression foreign key (impression_id)
  references campaign_impressions (id) on delete cascade deferrable initially deferred;
