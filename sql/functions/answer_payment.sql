-- What a payment that leaves nothing open does: a campaign goes on that a low balance paused; one whose grace period still
-- runs is excused. The caller holds lock_billing.
create or replace function answer_payment(campaign bigint) returns void
language plpgsql
as $$
begin
  perform resume_campaign(campaign);
  update low_balance l set since = now(), excused = remaining_balance(p, c.impressions)
  from campaign_profile p join campaign_counters c on c.campaign_id = p.id
  where l.campaign_id = campaign and l.paused_at is null and p.id = campaign;
end
$$;
