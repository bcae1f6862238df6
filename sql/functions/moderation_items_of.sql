-- The items that these comments are, from their statuses, flags, rule hits and the log alone: the one definition of the
-- queues, for the triggers, the recount and the audit.
--   pending, approved, rejected   the status says it
--   reported                      published, with a flag that no decision settled or a rule that asks to look at this text
-- A decision holds while the status is what it made of it. An item is escalated until the next decision.
create or replace function moderation_items_of(comments bigint[]) returns setof moderation_item
language sql stable
as $$
  select e.id, e.campaign_id, q.queue, coalesce(s.revision, 1), f.flags::integer, f.weight, coalesce(x.escalated, false),
    case when d.makes = q.queue then d.id end,
    case q.queue when 'reported' then least(f.since, h.since) else coalesce(c.at, s.changed_at) end
  from campaign_engagement e
  join comment_counters k on k.comment_id = e.id -- one that has no place in its thread yet is announced when it has
  left join comment_state s on s.comment_id = e.id
  cross join lateral (
    select count(*) as flags, coalesce(sum(weight), 0)::numeric(8, 2) as weight, min(created_at) as since
    from comment_flag where comment_id = e.id and outcome is null
  ) f
  cross join lateral (
    select min(at) as since from comment_rule_hit
    where comment_id = e.id and revision = coalesce(s.revision, 1) and outcome = 'flag' and not shadow
  ) h
  cross join lateral (
    select case
      when s.status in ('pending', 'approved', 'rejected') then s.status
      when coalesce(s.status, 'published') = 'published' and (f.flags > 0 or h.since is not null) then 'reported'
    end as queue
  ) q
  left join lateral (
    select l.id, case l.action when 'approve' then 'approved' else 'rejected' end as makes
    from moderation_log l
    where l.comment_id = e.id and l.action in ('approve', 'reject')
      and not exists (select from moderation_log u where u.undoes = l.id)
    order by l.id desc limit 1
  ) d on true
  left join lateral (
    select true as escalated from moderation_log l
    where l.comment_id = e.id and l.action = 'escalate' and l.id > coalesce(d.id, 0) limit 1
  ) x on true
  left join lateral (
    select at from comment_status_change where comment_id = e.id order by id desc limit 1
  ) c on true
  where e.id = any (comments) and e.engagement_type = 'comment' and q.queue is not null
$$;
