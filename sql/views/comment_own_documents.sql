-- Every comment as its author and moderators see it: with its text, also while it is held.
create or replace view comment_own_documents as
select d.id, d.campaign_id, d.user_id, d.status,
  case when d.status = 'pending' then d.document - 'removed' || jsonb_build_object('text', e.comment_text) else d.document end
    as document
from comment_documents d join campaign_engagement e on e.id = d.id;
