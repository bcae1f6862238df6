-- Shares of campaigns: each counts. A batch in one transaction.
--   items: [{"o", "c", "u", "channel", "pid", "pt", "scope", "key", "print"}]; 201 {id, counts, mine}
drop function if exists add_shares(jsonb);
create or replace function add_shares(items jsonb) returns setof write_outcome
-- One plan for every size of batch, as in write_reactions.
language plpgsql set plan_cache_mode = force_generic_plan
as $$
declare
  known write_answer[];
  closed write_answer[];
  answers write_answer[];
begin
  known := array(select row(r.o, r.status, r.outcome, null, r.body)::write_answer
    from claim_receipts(items) r where r.outcome <> 'claimed');
  perform lock_streams(array(
    select distinct campaign_stream(p.id) from campaign_profile p
    join jsonb_to_recordset(items) as i (c bigint) on p.id = i.c order by 1));

  closed := array(
    select row(i.o, 0, campaign_door(p), null, null)::write_answer
    from jsonb_to_recordset(items) as i (o integer, c bigint) left join campaign_profile p on p.id = i.c
    where campaign_door(p) is not null and not exists (select from unnest(known) k where k.o = i.o));
  select refuse_restricted(closed, array_agg(i.o), array_agg(i.u), array_agg(i.c), array['ban', 'suspend'])
  into closed from jsonb_to_recordset(items) as i (o integer, c bigint, u bigint)
  where not exists (select from unnest(known) k where k.o = i.o);

  with draft as (
    select i.*, nextval(pg_get_serial_sequence('campaign_engagement', 'id')) as id
    from jsonb_to_recordset(items) as i (o integer, c bigint, u bigint, channel text, pid bigint, pt text)
    where not exists (select from unnest(known || closed) k where k.o = i.o)
  ), made as (
    insert into campaign_engagement (id, campaign_id, brand_id, user_id, profile_id, profile_type, engagement_type)
    overriding system value
    select d.id, d.c, p.brand_id, d.u, d.pid, d.pt, 'share' from draft d join campaign_profile p on p.id = d.c
  ), sent as (
    insert into share_channel (share_id, channel) select id, channel from draft where channel is not null
  )
  select array_agg(row(d.o, 201, 'created', d.id, null)::write_answer) into answers from draft d;

  answers := array(
    select row(a.o, 201, 'created', k.version, jsonb_build_object('id', a.version,
      'counts', engagement_counts_document(k), 'mine', mine.document))::write_answer
    from unnest(answers) a
    join jsonb_to_recordset(items) as i (o integer, c bigint, u bigint) on i.o = a.o
    join campaign_counters k on k.campaign_id = i.c
    cross join lateral mine_document(i.c, i.u) mine);

  perform keep_receipts(items, answers);
  return query select * from with_positions(answers || known || closed,
    array(select (i->>'o')::integer from jsonb_array_elements(items) i),
    array(select (i->>'c')::bigint from jsonb_array_elements(items) i));
end
$$;
