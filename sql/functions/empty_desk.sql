-- All comments are gone at once, and with them every item, claim and flag. An event for each could be millions, so the
-- desk's stream begins a new epoch. The log stays. The caller holds the campaigns' streams.
create or replace function empty_desk() returns void
language plpgsql
as $$
begin
  perform lock_streams(array['moderation']);
  if not exists (select from moderation_item) and not exists (select from moderation_claim) then return; end if;
  delete from moderation_item;
  delete from moderation_claim;
  update moderation_queue set items = 0;
  perform begin_epoch(array['moderation']);
  perform publish(array['moderation'], '{}', '{}', '{}');
end
$$;
