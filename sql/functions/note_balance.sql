-- Notes since when a campaign's balance is low, for the loop that pauses; one that this paused stays noted until that loop
-- has let it go on. The caller holds the campaign's stream.
create or replace function note_balance(p campaign_profile, impressions bigint) returns void
language plpgsql
as $$
begin
  if is_low(p, impressions) then
    insert into low_balance (campaign_id) values (p.id) on conflict do nothing;
  else
    delete from low_balance where campaign_id = p.id and paused_at is null;
  end if;
end
$$;
