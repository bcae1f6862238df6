-- Notes a fact about a campaign for each user who hears of it as its owner.
create or replace function note_fact(campaign bigint, fact text, subject text, about jsonb) returns void
language sql
as $$
  insert into notification_note (user_id, kind, campaign_id, group_key, data)
  select m.user_id, fact, campaign, fact || ':' || subject, about
  from campaign_profile p join advertiser_member m using (advertiser_id) where p.id = campaign
$$;
