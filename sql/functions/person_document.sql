-- What moderators know of a user: the record, the sanctions in force and all of them, what was decided about them.
-- Of a user nobody has seen it is an empty record: users are made by their tokens.
create or replace function person_document(person bigint) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'id', person,
    'name', coalesce((select p.name from person p where p.user_id = person), 'user ' || person),
    'record', (
      select jsonb_build_object('comments', count(*), 'rejections', count(*) filter (where s.status = 'rejected'),
        'held', count(*) filter (where s.status = 'pending'))
      from campaign_engagement e left join comment_state s on s.comment_id = e.id
      where e.user_id = person and e.engagement_type = 'comment'
    ) || jsonb_build_object('flags', (
      select jsonb_build_object('raised', count(*), 'agreed', count(*) filter (where f.outcome = 'agreed'),
        'disagreed', count(*) filter (where f.outcome = 'disagreed'),
        'weight', (array_agg(f.weight order by f.id desc))[1])
      from comment_flag f where f.user_id = person
    ), 'appeals', (
      select jsonb_build_object('filed', count(*), 'granted', count(*) filter (where a.status = 'granted'))
      from moderation_appeal a where a.author_id = person
    )),
    'sanctions', (
      select coalesce(jsonb_agg(sanction_desk_document(s) order by s.id desc), '[]')
      from user_sanction s where s.user_id = person and sanction_holds(s)),
    'history', (
      select coalesce(jsonb_agg(sanction_desk_document(s) order by s.id desc), '[]')
      from (select * from user_sanction where user_id = person order by id desc limit 100) s),
    'log', (
      select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'at', iso(l.at),
        'actor', case when l.actor_id is not null then jsonb_build_object('id', l.actor_id, 'name', l.actor_name) end,
        'action', l.action, 'commentId', l.comment_id, 'userId', l.user_id, 'reason', l.reason,
        'explanation', l.explanation) order by l.id desc), '[]')
      from (select * from moderation_log where user_id = person order by id desc limit 50) l))
$$;
