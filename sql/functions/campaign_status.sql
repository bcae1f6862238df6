-- The status of a campaign, derived from its profile: the last thing that happened to it decides.
create or replace function campaign_status(p campaign_profile) returns text
language sql stable parallel safe
as $$
  select case
    when p.cancelled_by_user_id is not null or p.cancellation_reason is not null then 'cancelled'
    when p.ended_at is not null then 'ended'
    when p.paused_at is not null then 'paused'
    when p.launched_at is not null then 'live'
    when p.verification_status = 'rejected' then 'rejected'
    when p.is_verified or p.verification_status = 'verified' then 'verified'
    when p.submitted_date is not null then 'submitted'
    else 'draft'
  end
$$;
