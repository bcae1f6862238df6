-- Whom a comment names, as a part of its document; a comment that names nobody has no such part.
drop function if exists comment_mentions(bigint);
create or replace function comment_mentions(named bigint[]) returns jsonb
language sql stable parallel safe
as $$
  select case when count(*) = 0 then '{}' else jsonb_build_object('mentions',
    jsonb_agg(jsonb_build_object('id', n.user_id, 'name', coalesce(p.name, 'user ' || n.user_id)) order by n.user_id)) end
  from unnest(named) n (user_id) left join person p using (user_id)
$$;
