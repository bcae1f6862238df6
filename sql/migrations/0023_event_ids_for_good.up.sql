-- An event id is taken for good, also when another program deletes its impression: what is sent again must not bring back
-- what somebody deleted. The foreign key did (on delete cascade), and was checked row by row at each commit. The triggers
-- of campaign_impressions guard the reference now, a statement at a time, and audit finds what stands beside nothing.
alter table impression_event drop constraint impression_event_belongs_to_an_impression;
alter table impression_event add column gone_impression_id bigint;
comment on column impression_event.gone_impression_id is 'the impression it belonged to until that was deleted';

-- Whether the sender is told the impression's id: the single door alone.
alter type impression_item add attribute tell boolean;
