-- Builds the desk over the flags and statuses that were there before its triggers.
do $$
begin
  perform lock_streams(array(
    select campaign_stream(p.id) from campaign_profile p
    where exists (select from comment_state s where s.campaign_id = p.id)
      or exists (select from comment_flag f join campaign_engagement e on e.id = f.comment_id where e.campaign_id = p.id)
    order by 1));
  perform recount_moderation(p.id) from campaign_profile p
  where exists (select from comment_state s where s.campaign_id = p.id)
    or exists (select from comment_flag f join campaign_engagement e on e.id = f.comment_id where e.campaign_id = p.id);
  perform recount_desk();
end
$$;
