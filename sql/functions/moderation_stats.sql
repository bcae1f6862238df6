-- How moderation did from `since` until before `upto`, counted from the log, the flags, the appeals and the notices.
-- A comment comes in with the first report by a reader or a rule, or the first hold, since it was last decided, or when a decision about it is undone, and is
-- handled when a moderator decides; times are in milliseconds. `open` is of now. Only comments of the period are looked at.
create or replace function moderation_stats(since timestamptz, upto timestamptz) returns jsonb
language sql stable
as $$
  with lines as materialized (
    select * from moderation_log where at >= since and at < upto
  ), decided as materialized (
    select l.*, exists (select from moderation_log u where u.undoes = l.id) as undone
    from lines l where l.action in ('approve', 'reject') and l.actor_id is not null
  ), concerned as materialized (
    select comment_id from lines where comment_id is not null and action in ('approve', 'reject', 'hold', 'refuse', 'undo')
    union
    select comment_id from comment_flag where created_at >= since and created_at < upto
    union
    select comment_id from comment_rule_hit where outcome = 'flag' and not shadow and at >= since and at < upto
  ), moments as (
    select l.comment_id, l.at, l.id, l.action in ('approve', 'reject') as decides
    from concerned c join moderation_log l on l.comment_id = c.comment_id
    where l.at < upto and (l.action in ('hold', 'refuse', 'undo') or l.action in ('approve', 'reject') and l.actor_id is not null)
    union all
    select f.comment_id, f.created_at, 0, false
    from concerned c join comment_flag f on f.comment_id = c.comment_id where f.created_at < upto
    union all
    select h.comment_id, h.at, 0, false
    from concerned c join comment_rule_hit h on h.comment_id = c.comment_id
    where h.outcome = 'flag' and not h.shadow and h.at < upto
  ), rounds as (
    select m.*, count(*) filter (where decides) over (
      partition by comment_id order by at, id rows between unbounded preceding and 1 preceding) as round
    from moments m
  ), waits as materialized (
    select comment_id, min(at) filter (where not decides) as came, min(at) filter (where decides) as decided
    from rounds group by comment_id, round
  ), spent as (
    select extract(epoch from decided - came)::float8 * 1000 as ms from waits where decided >= since and came is not null
  ), settled as (
    select f.outcome from comment_flag f join decided d on d.id = f.settled_by where f.outcome in ('agreed', 'disagreed')
  ), answered as (
    select status, extract(epoch from decided_at - created_at)::float8 * 1000 as ms from moderation_appeal
    where status in ('granted', 'denied') and decided_at >= since and decided_at < upto
  )
  select jsonb_build_object(
    'from', iso(since), 'to', iso(upto),
    'inbound', (select count(*) from waits where came >= since),
    'handled', (select count(*) from decided),
    'open', (select sum(items) from moderation_queue where queue in ('reported', 'pending')),
    'timeToDecision', (
      select jsonb_build_object('count', count(*),
        'medianMs', round(percentile_cont(0.5) within group (order by ms)),
        'p90Ms', round(percentile_cont(0.9) within group (order by ms))) from spent),
    'byReason', (
      select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'rejected', n) order by n desc, reason), '[]')
      from (select reason, count(*) as n from decided where action = 'reject' group by reason) r),
    'byModerator', (
      select coalesce(jsonb_agg(jsonb_build_object('id', actor_id, 'approved', approved, 'rejected', rejected,
        'undone', undone) order by actor_id), '[]')
      from (
        select actor_id, count(*) filter (where action = 'approve') as approved,
          count(*) filter (where action = 'reject') as rejected, count(*) filter (where undone) as undone
        from decided group by actor_id) m),
    'automated', (
      select jsonb_build_object('held', count(*) filter (where action = 'hold'),
        'rejected', count(*) filter (where action = 'refuse'),
        'share', round(count(*)::numeric / nullif(count(*) + (select count(*) from decided), 0), 4))
      from lines where actor_id is null and action in ('hold', 'refuse')),
    'agreement', jsonb_build_object(
      'decisions', (
        select jsonb_build_object('count', count(*), 'undone', count(*) filter (where undone),
          'share', round(1 - count(*) filter (where undone)::numeric / nullif(count(*), 0), 4)) from decided),
      'flags', (
        select jsonb_build_object('settled', count(*), 'agreed', count(*) filter (where outcome = 'agreed'),
          'share', round(count(*) filter (where outcome = 'agreed')::numeric / nullif(count(*), 0), 4)) from settled)),
    'appeals', (
      select jsonb_build_object('decided', count(*), 'upheld', count(*) filter (where status = 'granted'),
        'medianMs', round(percentile_cont(0.5) within group (order by ms))) from answered
    ) || jsonb_build_object('filed', (
      select count(*) from moderation_appeal where created_at >= since and created_at < upto)),
    'notices', (
      select jsonb_build_object(
        'filed', count(*) filter (where created_at >= since and created_at < upto),
        'decided', count(*) filter (where decided_at >= since and decided_at < upto),
        'upheld', count(*) filter (where decided_at >= since and decided_at < upto and status = 'upheld'))
      from moderation_notice))
$$;
