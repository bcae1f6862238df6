-- Every comment as its author and moderators see it: with its text, also while it is held, and with what was decided.
create or replace view comment_own_documents as
select d.id, d.campaign_id, d.user_id, d.status,
  case when d.status in ('pending', 'rejected') then d.document
      || jsonb_build_object('removed', d.document->'removed' || own_removal(d.id, d.status))
      || case when d.status = 'pending' then jsonb_build_object('text', e.comment_text) else '{}' end
    else d.document end as document
from comment_documents d join campaign_engagement e on e.id = d.id;
