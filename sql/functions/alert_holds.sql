-- Whether an alert rule holds of what was observed. Null while nothing can be said.
create or replace function alert_holds(comparison text, observed numeric, threshold numeric) returns boolean
language sql immutable parallel safe
as $$
  select case comparison when 'above' then observed > threshold when 'below' then observed < threshold
    when 'times_usual' then observed >= threshold end
$$;
