-- Who works on an item, and until when unless it is renewed.
create or replace function moderation_claim_document(c moderation_claim) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('commentId', c.comment_id, 'until', iso(c.until),
    'by', jsonb_build_object('id', c.moderator_id, 'name', c.moderator_name))
$$;
