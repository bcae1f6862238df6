-- Notes of what became of a comment: whom it concerns hears of it, or no longer does, and its author hears of a decision
-- that was not their own. Approved is one that was held; a published one that is approved was never in doubt to them.
create or replace function comment_status_notified() returns trigger
language plpgsql
as $$
declare
  moved bigint[] := array(
    select a.comment_id from after a
    where a.was is not null and comment_is_shown(a.was) <> comment_is_shown(a.status));
begin
  if cardinality(moved) > 0 then
    perform note_comments(moved);
    -- An owner's own, which is no news to them: where another's goes as theirs comes no counter has moved.
    insert into notification_note (user_id, kind, campaigns)
    select e.user_id, 'engagement', array_agg(distinct e.campaign_id)
    from campaign_engagement e join campaign_profile p on p.id = e.campaign_id
    join advertiser_member m on m.advertiser_id = p.advertiser_id and m.user_id = e.user_id
    where e.id = any (moved) group by e.user_id;
  end if;
  insert into notification_note (user_id, kind, campaign_id, comment_id, group_key, data)
  select e.user_id, d.kind, e.campaign_id, e.id, d.kind || ':' || e.id, jsonb_build_object('by', a.by, 'reason', a.reason)
  from after a
  join campaign_engagement e on e.id = a.comment_id
  cross join lateral (
    select case
      when a.status in ('rejected', 'removed') and a.by is distinct from 'author'
        and coalesce(a.was, 'published') not in ('rejected', 'removed') then 'comment_rejected'
      when comment_is_shown(a.status) and a.was = 'pending' then 'comment_approved'
      when comment_is_shown(a.status) and a.was in ('rejected', 'removed') then 'comment_restored'
    end as kind
  ) d
  where d.kind is not null and e.user_id is distinct from acting_user()
  order by a.id;
  return null;
end
$$;

drop trigger if exists comment_status_notified on comment_status_change;
create trigger comment_status_notified after insert on comment_status_change
referencing new table as after
for each statement execute function comment_status_notified();
