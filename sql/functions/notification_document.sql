-- A notification as HTTP and the live event show it. actors: the newest three of the people it stands for, by their names
-- of now; data: what else belongs to the kind. The joins stand in the order in which they are best made: to look for a
-- better one took most of the time of telling somebody.
create or replace function notification_document(n notification) returns jsonb
language sql stable set join_collapse_limit = 1
as $$
  select jsonb_build_object('id', n.id, 'kind', n.kind, 'commentId', n.comment_id, 'campaignId', n.campaign_id,
    'count', n.count, 'data', n.data, 'readAt', iso(n.read_at), 'createdAt', iso(n.created_at), 'updatedAt', iso(n.updated_at),
    'actors', coalesce((
      select jsonb_agg(jsonb_build_object('id', a.user_id, 'name', coalesce(p.name, 'user ' || a.user_id)) order by a.newest desc)
      from (
        select s.user_id, max(s.source_id) as newest
        from (select * from notification_sources(array[n.id]) order by source_id desc limit 100) s
        group by s.user_id order by 2 desc limit 3
      ) a left join person p using (user_id)
    ), '[]'))
$$;
