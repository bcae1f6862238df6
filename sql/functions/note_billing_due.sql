-- Notes a campaign for the loop that bills: once a whole cycle of impressions is there, and once one that is over has any
-- that are not billed, or no settlement that stands. The caller holds its stream.
create or replace function note_billing_due(p campaign_profile, impressions bigint) returns void
language plpgsql
as $$
declare
  unbilled bigint := impressions - coalesce((select b.charged from campaign_billing b where b.campaign_id = p.id), 0);
  due boolean := case when campaign_status(p) in ('ended', 'cancelled') then unbilled > 0 or not has_settlement(p.id)
    else p.billing_frequency > 0 and unbilled >= p.billing_frequency end;
begin
  if due then
    insert into billing_due (campaign_id) values (p.id) on conflict do nothing;
  end if;
end
$$;
