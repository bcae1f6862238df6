-- Sanctions, bars and statements against the log that they follow from: a sanction has its line, who is suspended or banned
-- everywhere is barred from private streams as long, and each line that restricts has its statement, and no other has one.
create or replace function audit_people()
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'user_sanction', s.id::text, format('%s of user %s by line %s', s.kind, s.user_id, s.log_id),
    (select format('%s of user %s', l.action, l.user_id) from moderation_log l where l.id = s.log_id)
  from user_sanction s
  where not exists (
    select from moderation_log l where l.id = s.log_id and l.action = s.kind and l.user_id = s.user_id
      and l.campaign_id is not distinct from s.campaign_id)
  union all
  select 'user_access', b.user_id::text, a.barred_until::text, b.until::text
  from (
    select user_id, max(coalesce(until, 'infinity')) as until from user_sanction s
    where kind in ('suspend', 'ban') and campaign_id is null and sanction_holds(s) group by user_id
  ) b
  left join user_access a using (user_id)
  where coalesce(a.barred_until, '-infinity') < b.until
  union all
  select 'moderation_statement', coalesce(l.id, t.id)::text, t.document->>'puid', l.action
  from (
    select id, action from moderation_log where action in ('reject', 'refuse', 'hold', 'mute', 'premod', 'suspend', 'ban')
  ) l
  full join moderation_statement t on t.id = l.id
  where l.id is null or t.id is null or t.document->>'puid' is distinct from l.id::text
$$;
