-- The same for moderators: by whom.
create or replace function sanction_desk_document(s user_sanction) returns jsonb
language sql stable parallel safe
as $$
  select sanction_document(s) || jsonb_build_object('by', jsonb_build_object('id', s.created_by), 'liftedBy', s.lifted_by)
$$;
