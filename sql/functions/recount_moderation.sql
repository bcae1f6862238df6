-- The items of one campaign anew. The caller holds the campaign's stream.
create or replace function recount_moderation(campaign bigint) returns void
language plpgsql
as $$
begin
  perform refresh_moderation_items(moderation_candidates(campaign));
end
$$;
