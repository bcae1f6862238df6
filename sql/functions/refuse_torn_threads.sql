-- A reply, and a like of a comment, stand below a comment of their own campaign: these rows and what stands below them.
-- Call it under the streams' locks, or a row that somebody writes meanwhile is missed.
create or replace function refuse_torn_threads(ids bigint[]) returns void
language plpgsql
as $$
begin
  if exists (
    -- Two walks of an index; one query with `or` would read the whole table.
    select from campaign_engagement i join campaign_engagement p on p.id = i.parent_comment_id
    where i.id = any (ids) and (p.engagement_type <> 'comment' or p.campaign_id <> i.campaign_id)
    union all
    select from campaign_engagement i join campaign_engagement p on p.id = i.parent_comment_id
    where p.id = any (ids) and (p.engagement_type <> 'comment' or p.campaign_id <> i.campaign_id)
  ) then
    raise exception 'parent_comment_id has to name a comment of the same campaign'
      using errcode = 'foreign_key_violation', constraint = 'campaign_engagement_parent_is_a_comment_here';
  end if;
end
$$;
