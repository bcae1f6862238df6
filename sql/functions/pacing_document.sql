-- How delivery stands against the plan, if it is to be even from the start (start_date, or the launch if that is later)
-- to the end: null where the campaign has no plan or has not begun. The profile has no planned end, so the plan's length
-- is thirty days; a campaign that ended is measured against its end.
--   expected: impressions that even delivery would have brought by now; ratio: delivered / expected, 0 while that is 0
create or replace function pacing_document(p campaign_profile, delivered bigint, moment timestamptz) returns jsonb
language sql stable parallel safe
as $$
  select case when p.total_impressions_planned > 0 and isfinite(b.begins) and isfinite(coalesce(p.ended_at, moment)) then
    jsonb_build_object('expected', e.expected, 'delivered', delivered,
      'ratio', coalesce(round(delivered::numeric / nullif(e.expected, 0), 6), 0)) end
  from (select greatest(p.start_date, p.launched_at) as begins where p.launched_at is not null) b, lateral (
    select floor(p.total_impressions_planned * least(1, greatest(0,
      extract(epoch from case when isfinite(b.begins) and isfinite(coalesce(p.ended_at, moment))
        then least(moment, p.ended_at) - b.begins end) / extract(epoch from interval '30 days'))))::bigint as expected
  ) e
$$;
