drop type if exists reaction_target cascade;
drop type if exists write_answer cascade;
drop function if exists claim_receipts(jsonb) cascade;
drop function if exists record_impressions(jsonb) cascade;
drop function if exists insert_impressions(jsonb, integer[]) cascade;
drop function if exists apply_later_events(uuid[]) cascade;
drop table if exists impression_event, share_channel, person, write_receipt cascade;
