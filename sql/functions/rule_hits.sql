-- The hits of rules as rows; of one rule the last counts.
create or replace function rule_hits(hits jsonb)
returns table (rule text, outcome text, evidence jsonb, score real, shadow boolean)
language sql immutable parallel safe
as $$
  select distinct on (h.hit->>'rule') h.hit->>'rule', h.hit->>'outcome', coalesce(h.hit->'evidence', '{}'),
    (h.hit->>'score')::real, coalesce((h.hit->>'shadow')::boolean, false)
  from jsonb_array_elements(coalesce(hits, '[]')) with ordinality as h (hit, place)
  order by h.hit->>'rule', h.place desc
$$;
