-- The rows that these notifications about people stand for now: those of their entries that are still there, that are
-- shown, and whose comment is shown. Everything that counts or names people asks here.
create or replace function notification_sources(notifications bigint[])
returns table (notification_id bigint, source_id bigint, user_id bigint)
language sql stable
as $$
  select n.id, e.id, e.user_id
  from notification n
  join notification_entry k on k.notification_id = n.id
  join campaign_engagement e on e.id = k.source_id and e.user_id <> n.user_id
  join campaign_engagement c on c.id = n.comment_id and c.engagement_type = 'comment'
  left join comment_state es on es.comment_id = e.id
  left join comment_state cs on cs.comment_id = c.id
  where n.id = any (notifications) and comment_is_shown(es.status) and comment_is_shown(cs.status)
    and case n.kind
      when 'reply' then e.engagement_type = 'comment' and e.parent_comment_id = c.id and c.user_id = n.user_id
      when 'comment_liked' then e.engagement_type = 'like' and e.parent_comment_id = c.id and c.user_id = n.user_id
      when 'mention' then e.id = c.id and exists (
        select from comment_mention m where m.comment_id = c.id and m.user_id = n.user_id)
    end
$$;
