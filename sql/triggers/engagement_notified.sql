-- Notes of what threads are made of, whoever wrote it: replies and likes of comments that are new, gone or were moved.
-- Mostly it is likes of campaigns, and nothing is done: those are told by campaign_counters.
create or replace function engagement_notified() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from after where parent_comment_id is not null) then return null; end if;
    insert into notification_note (user_id, kind, campaign_id, comment_id, source_id)
    select p.user_id, case a.engagement_type when 'comment' then 'reply' else 'comment_liked' end, a.campaign_id, p.id, a.id
    from after a join campaign_engagement p on p.id = a.parent_comment_id
    where a.engagement_type in ('comment', 'like') and p.user_id <> a.user_id;
  elsif tg_op = 'DELETE' then
    if not exists (select from before where parent_comment_id is not null or engagement_type = 'comment') then return null; end if;
    -- A parent that went along in the same statement, or before it, has said so itself.
    insert into notification_note (user_id, campaign_id, comment_id)
    select p.user_id, p.campaign_id, p.id from campaign_engagement p
    where p.id in (select parent_comment_id from before)
    union
    select b.user_id, b.campaign_id, b.id from before b where b.engagement_type = 'comment';
  elsif exists (
    select from before b full join after a using (id)
    where (a.id, a.campaign_id, a.user_id, a.engagement_type, a.parent_comment_id)
      is distinct from (b.id, b.campaign_id, b.user_id, b.engagement_type, b.parent_comment_id)
  ) then
    -- Whose a comment is may change, or what stands below it: under the lock either sees the other.
    perform lock_streams(array(
      select distinct campaign_stream(m.campaign_id) from (select campaign_id from before union select campaign_id from after) m));
    insert into notification_note (user_id, campaign_id, comment_id)
    select p.user_id, p.campaign_id, p.id from campaign_engagement p
    where p.id in (select parent_comment_id from before union select parent_comment_id from after)
    union
    select b.user_id, b.campaign_id, b.id from before b;
    insert into notification_note (user_id, kind, campaign_id, comment_id, source_id)
    select p.user_id, case e.engagement_type when 'comment' then 'reply' else 'comment_liked' end, e.campaign_id, p.id, e.id
    from campaign_engagement e join campaign_engagement p on p.id = e.parent_comment_id
    where (e.id in (select id from after) or e.parent_comment_id in (select id from after))
      and e.engagement_type in ('comment', 'like') and p.user_id <> e.user_id
    union all
    select m.user_id, 'mention', e.campaign_id, e.id, e.id -- the author may be who is named, and then is not told
    from campaign_engagement e join comment_mention m on m.comment_id = e.id
    where e.id in (select id from after);
    -- What an owner did themselves is no news to them; that it is theirs now, or no longer, moves no counter.
    insert into notification_note (user_id, kind, campaigns)
    select m.user_id, 'engagement', array_agg(m.campaign_id)
    from (
      select r.user_id, r.campaign_id from (select user_id, campaign_id from before union select user_id, campaign_id from after) r
      join campaign_profile p on p.id = r.campaign_id
      join advertiser_member a on a.advertiser_id = p.advertiser_id and a.user_id = r.user_id
    ) m group by m.user_id;
  end if;
  return null;
end
$$;

drop trigger if exists engagement_notified_inserted on campaign_engagement;
create trigger engagement_notified_inserted after insert on campaign_engagement
referencing new table as after
for each statement execute function engagement_notified();

drop trigger if exists engagement_notified_updated on campaign_engagement;
create trigger engagement_notified_updated after update on campaign_engagement
referencing old table as before new table as after
for each statement execute function engagement_notified();

drop trigger if exists engagement_notified_deleted on campaign_engagement;
create trigger engagement_notified_deleted after delete on campaign_engagement
referencing old table as before
for each statement execute function engagement_notified();

-- All of it gone at once: every list that speaks of comments is counted anew.
create or replace function engagement_notified_truncated() returns trigger
language plpgsql
as $$
begin
  insert into notification_note (user_id)
  select distinct user_id from notification where comment_id is not null;
  return null;
end
$$;

drop trigger if exists engagement_notified_truncated on campaign_engagement;
create trigger engagement_notified_truncated after truncate on campaign_engagement
for each statement execute function engagement_notified_truncated();
