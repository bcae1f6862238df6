-- Notes a campaign for the loop that bills, once a whole cycle of impressions is there. The caller holds its stream.
create or replace function note_billing_due(p campaign_profile, impressions bigint) returns void
language plpgsql
as $$
begin
  if p.billing_frequency > 0 and impressions - coalesce(
    (select b.charged from campaign_billing b where b.campaign_id = p.id), 0) >= p.billing_frequency
  then
    insert into billing_due (campaign_id) values (p.id) on conflict do nothing;
  end if;
end
$$;
