-- Counts valid and invalid impressions that appear and disappear together, all streams locked before the first row.
create or replace function count_traffic(changes impression_change[], invalid invalid_change[]) returns text[]
language plpgsql
as $$
declare
  touched text[] := array(
    select campaign_stream(campaign_id) from unnest(changes)
    union select campaign_stream(campaign_id) from unnest(invalid) order by 1);
begin
  perform lock_streams(touched);
  if cardinality(changes) > 0 then perform apply_impression_changes(changes); end if;
  perform apply_invalid_changes(invalid);
  return touched;
end
$$;
