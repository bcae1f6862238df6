-- An item with what a moderator wants to know before deciding: the thread around it, the author's record, the notes and
-- all that was decided on it, newest first. Null: it is in no queue.
create or replace function moderation_item_detail(comment bigint) returns jsonb
language sql stable
as $$
  select moderation_item_document(i) || jsonb_build_object(
    'thread', jsonb_build_object(
      'ancestors', (
        select coalesce(jsonb_agg(d.document order by a.depth), '[]')
        from comments_above(comment) a join comment_documents d on d.id = a.comment_id),
      'siblings', (
        select coalesce(jsonb_agg(d.document order by n.id), '[]')
        from (
          (select b.id from campaign_engagement b
           where b.campaign_id = e.campaign_id and b.engagement_type = 'comment' and b.id < e.id
             and b.parent_comment_id is not distinct from e.parent_comment_id order by b.id desc limit 5)
          union all
          (select b.id from campaign_engagement b
           where b.campaign_id = e.campaign_id and b.engagement_type = 'comment' and b.id > e.id
             and b.parent_comment_id is not distinct from e.parent_comment_id order by b.id limit 5)
        ) n join comment_documents d on d.id = n.id)),
    'author', jsonb_build_object(
      'id', e.user_id,
      'name', coalesce(p.name, 'user ' || e.user_id),
      'comments', (select count(*) from campaign_engagement c where c.user_id = e.user_id and c.engagement_type = 'comment'),
      'rejections', (
        select count(*) from campaign_engagement c join comment_state s on s.comment_id = c.id
        where c.user_id = e.user_id and c.engagement_type = 'comment' and s.status = 'rejected'),
      'flags', (
        select count(*) from campaign_engagement c join comment_flag f on f.comment_id = c.id
        where c.user_id = e.user_id and c.engagement_type = 'comment'),
      'sanctions', (
        select coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'reason', s.reason, 'campaignId', s.campaign_id,
          'until', iso(s.until), 'createdAt', iso(s.created_at), 'liftedAt', iso(s.lifted_at)) order by s.id desc), '[]')
        from user_sanction s where s.user_id = e.user_id)),
    'notes', (
      select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'commentId', l.comment_id, 'text', l.explanation,
        'at', iso(l.at), 'moderator', jsonb_build_object('id', l.actor_id, 'name', l.actor_name)) order by l.id desc), '[]')
      from moderation_log l where l.comment_id = comment and l.action = 'note'),
    'decisions', (
      select coalesce(jsonb_agg(moderation_decision_document(l) order by l.id desc), '[]')
      from moderation_log l where l.comment_id = comment and l.action in ('approve', 'reject', 'undo', 'escalate')))
  from moderation_item i
  join campaign_engagement e on e.id = i.comment_id
  left join person p on p.user_id = e.user_id
  where i.comment_id = comment
$$;
