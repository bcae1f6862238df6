-- Who works on what, whoever wrote it, is told to the desk. An item that went away says so by itself.
create or replace function moderation_claims_changed() returns trigger
language plpgsql
as $$
declare
  claims jsonb[];
begin
  if tg_op = 'DELETE' then
    claims := array(select moderation_claim_document(row(b.*)::moderation_claim) from before b order by b.comment_id);
  elsif tg_op = 'UPDATE' then -- that somebody may be leaving concerns nobody
    claims := array(
      select moderation_claim_document(row(a.*)::moderation_claim)
      from after a left join before b using (comment_id)
      where moderation_claim_document(row(a.*)::moderation_claim)
        is distinct from moderation_claim_document(row(b.*)::moderation_claim)
      order by a.comment_id);
  else
    claims := array(select moderation_claim_document(row(a.*)::moderation_claim) from after a order by a.comment_id);
  end if;
  if cardinality(claims) = 0 then return null; end if;
  perform lock_streams(array['moderation']);
  perform publish(array['moderation'], array_fill('moderation'::text, array[cardinality(claims)]),
    array_fill(case tg_op when 'DELETE' then 'moderation:released' else 'moderation:claimed' end, array[cardinality(claims)]),
    claims);
  return null;
end
$$;

drop trigger if exists moderation_claims_inserted on moderation_claim;
create trigger moderation_claims_inserted after insert on moderation_claim
referencing new table as after
for each statement execute function moderation_claims_changed();

drop trigger if exists moderation_claims_updated on moderation_claim;
create trigger moderation_claims_updated after update on moderation_claim
referencing old table as before new table as after
for each statement execute function moderation_claims_changed();

drop trigger if exists moderation_claims_deleted on moderation_claim;
create trigger moderation_claims_deleted after delete on moderation_claim
referencing old table as before
for each statement execute function moderation_claims_changed();
