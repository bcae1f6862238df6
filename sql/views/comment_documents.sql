-- Every comment by id with its document, whatever its status.
create or replace view comment_documents as
select e.id, e.campaign_id, e.user_id, coalesce(s.status, 'published') as status,
  comment_document(e, c, s, p.name) as document
from campaign_engagement e
join comment_counters c on c.comment_id = e.id
left join comment_state s on s.comment_id = e.id
left join person p on p.user_id = e.user_id
where e.engagement_type = 'comment';
