-- The chain of the log of moderation: ids without a gap from 1, each line's previous hash the hash of the line before,
-- each hash that of its line. What items and flags name as their decision is in it, so a log cut off at its end shows too.
create or replace function audit_moderation_log()
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'moderation_log', l.id::text,
    format('previous %s, hash %s', encode(l.previous_hash, 'hex'), encode(l.hash, 'hex')),
    format('line %s, previous %s, hash %s', c.place, encode(c.previous, 'hex'), encode(t.hash, 'hex'))
  from moderation_log l
  join (
    select id, row_number() over (order by id) as place, lag(hash) over (order by id) as previous from moderation_log
  ) c on c.id = l.id
  cross join lateral (
    select sha256(coalesce(c.previous, ''::bytea) || convert_to(moderation_line(l)::text, 'UTF8')) as hash offset 0
  ) t
  where l.id <> c.place or l.previous_hash is distinct from c.previous or l.hash <> t.hash
  union all
  select 'moderation_log', n.decision::text, null, format('named by comment %s', n.comment_id)
  from (
    select settled_by as decision, comment_id from comment_flag where settled_by is not null
    union
    select decision_id, comment_id from moderation_item where decision_id is not null
  ) n
  where not exists (select from moderation_log l where l.id = n.decision)
$$;
