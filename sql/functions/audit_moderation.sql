-- The items of one campaign against what they are derived from.
create or replace function audit_moderation(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'moderation_item', coalesce(i.comment_id, t.comment_id)::text, to_jsonb(i)::text, to_jsonb(t)::text
  from moderation_items_of(moderation_candidates(campaign)) t
  full join (select * from moderation_item where campaign_id = campaign) i on i.comment_id = t.comment_id
  where row(i.*) is distinct from row(t.*)
$$;
