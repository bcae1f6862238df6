-- What becomes of a text by what the rules found in it, and by the premoderation of its author (`premod`: the sanction as
-- restricted_writes tells it, or null), which is a hit of its own. `status` null: it is published.
create or replace function judged(found_status text, found_reason text, found_hits jsonb, premod jsonb)
returns table (status text, reason text, hits jsonb)
language sql immutable parallel safe
as $$
  select coalesce(found_status, case when premod is not null then 'pending' end),
    coalesce(found_reason, case when found_status is null and premod is not null then 'premod' else jsonb_path_query_first(
      coalesce(found_hits, '[]'), '$[*] ? (@.outcome == "reject" || @.outcome == "hold").rule') #>> '{}' end),
    coalesce(found_hits, '[]') || case when premod is null then '[]' else jsonb_build_array(jsonb_build_object(
      'rule', 'premod', 'outcome', 'hold', 'evidence', jsonb_build_object('sanctionId', premod->'sanctionId'))) end
$$;
