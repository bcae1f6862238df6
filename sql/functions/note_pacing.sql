-- Looks at how live campaigns with a plan deliver, and notes those that fell behind (under 80 % of what even delivery
-- would have brought) or got ahead (over 120 %) since it was looked last. Below 1 % of the plan nothing is said.
create or replace function note_pacing(moment timestamptz) returns bigint
language sql
as $$
  with standing as (
    select p.id, d.document, case when (d.document->>'ratio')::numeric < 0.8 then 'behind'
      when (d.document->>'ratio')::numeric > 1.2 then 'ahead' else 'even' end as pace
    from campaign_profile p
    join campaign_counters c on c.campaign_id = p.id
    cross join lateral (select pacing_document(p, c.impressions, moment) as document offset 0) d
    where p.total_impressions_planned > 0 and campaign_status(p) = 'live'
      and p.advertiser_id in (select advertiser_id from advertiser_member)
      and (d.document->>'expected')::numeric * 100 >= p.total_impressions_planned
  ), turned as (
    insert into campaign_pacing as k (campaign_id, pace) select id, pace from standing
    on conflict (campaign_id) do update set pace = excluded.pace, since = now() where k.pace <> excluded.pace
    returning campaign_id, pace
  ), noted as (
    select note_fact(t.campaign_id, 'pacing', t.campaign_id::text, s.document || jsonb_build_object('pace', t.pace))
    from turned t join standing s on s.id = t.campaign_id where t.pace <> 'even'
  )
  select count(*) from noted
$$;
