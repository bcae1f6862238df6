-- New comments, a batch in one transaction, each with its own outcome.
--   items: [{"o", "c", "u", "name", "text", "parent", "pid", "pt", "scope", "key", "print",
--            "status": null | "pending" | "rejected", "reason", "rulesVersion",
--            "hits": [{"rule", "outcome", "evidence", "score", "shadow"}], "exact", "bands"}]
-- 201 the comment; 202 {id, status, reason} for one that is held, by what the rules found (status, hits) or because its
-- author's comments are looked at before anybody else reads them (premod).
-- created_at is taken under the campaign's lock, so the order by time is the order of the stream.
drop function if exists add_comments(jsonb);
create or replace function add_comments(items jsonb) returns setof write_outcome
-- One plan for every size of batch, as in write_reactions.
language plpgsql set plan_cache_mode = force_generic_plan
as $$
declare
  known write_answer[];
  closed write_answer[];
  answers write_answer[];
  held write_answer[]; -- by premod
  writers record;
begin
  known := array(select row(r.o, r.status, r.outcome, null, r.body)::write_answer
    from claim_receipts(items) r where r.outcome <> 'claimed');
  perform lock_streams(array(
    select distinct campaign_stream(p.id) from campaign_profile p
    join jsonb_to_recordset(items) as i (c bigint) on p.id = i.c order by 1));

  closed := array(
    select row(i.o, 0, coalesce(campaign_door(p), comment_refusal(i.c, i.parent)), null, null)::write_answer
    from jsonb_to_recordset(items) as i (o integer, c bigint, parent bigint)
    left join campaign_profile p on p.id = i.c
    where coalesce(campaign_door(p), comment_refusal(i.c, i.parent)) is not null
      and not exists (select from unnest(known) k where k.o = i.o));
  select array_agg(i.o) as places, array_agg(i.u) as users, array_agg(i.c) as campaigns into writers
  from jsonb_to_recordset(items) as i (o integer, c bigint, u bigint)
  where not exists (select from unnest(known) k where k.o = i.o);
  closed := refuse_restricted(closed, writers.places, writers.users, writers.campaigns,
    array['ban', 'suspend', 'mute', 'warn']);
  held := restricted_writes(writers.places, writers.users, writers.campaigns, array['premod']);

  insert into person as p (user_id, name)
  select distinct on (i.u) i.u, i.name from jsonb_to_recordset(items) as i (o integer, u bigint, name text)
  where i.name is not null order by i.u, i.o desc
  on conflict (user_id) do update set name = excluded.name, seen_at = now() where p.name <> excluded.name;

  with draft as (
    select i.*, nextval(pg_get_serial_sequence('campaign_engagement', 'id')) as id, clock_timestamp() as at
    from (
      select i.o, i.c, i.u, i.text, i.parent, i.pid, i.pt, r.status, r.reason, r.hits, i."rulesVersion" as version,
        i.exact, i.bands
      from jsonb_to_recordset(items) as i
        (o integer, c bigint, u bigint, text text, parent bigint, pid bigint, pt text,
          status text, reason text, hits jsonb, "rulesVersion" integer, exact text, bands integer[])
      left join unnest(held) h on h.o = i.o
      cross join lateral judged(i.status, i.reason, i.hits, h.body) r
      where not exists (select from unnest(known || closed) k where k.o = i.o)
      order by i.o
    ) i
  ), made as (
    insert into campaign_engagement (id, campaign_id, brand_id, user_id, profile_id, profile_type, engagement_type,
      comment_text, parent_comment_id, created_at, updated_at)
    overriding system value
    select d.id, d.c, p.brand_id, d.u, d.pid, d.pt, 'comment', d.text, d.parent, d.at, d.at
    from draft d join campaign_profile p on p.id = d.c
  ), hidden as (
    insert into comment_state (comment_id, campaign_id, status, removed_by, removed_reason)
    select d.id, d.c, d.status, 'rule', d.reason from draft d where d.status is not null
  ), found as (
    insert into comment_rule_hit (comment_id, revision, rule, outcome, evidence, score, rules_version, shadow)
    select d.id, 1, h.rule, h.outcome, h.evidence, h.score, coalesce(d.version, 0), h.shadow from draft d, rule_hits(d.hits) h
  ), known_by as (
    insert into comment_fingerprint (comment_id, campaign_id, user_id, exact, bands, at)
    select d.id, d.c, d.u, d.exact, d.bands, d.at from draft d where d.exact is not null
  )
  select array_agg(row(d.o, case when d.status is null then 201 else 202 end, 'created', d.id, null)::write_answer)
  into answers from draft d;

  answers := array(
    select row(a.o, a.status, 'created', null, case a.status when 201 then comment_document(e, c, s, p.name)
      else jsonb_build_object('id', e.id, 'status', s.status, 'reason', s.removed_reason) end)::write_answer
    from unnest(answers) a
    join campaign_engagement e on e.id = a.version
    join comment_counters c on c.comment_id = e.id
    left join comment_state s on s.comment_id = e.id
    left join person p on p.user_id = e.user_id);

  perform keep_receipts(items, answers);
  return query select * from with_positions(answers || known || closed,
    array(select (i->>'o')::integer from jsonb_array_elements(items) i),
    array(select (i->>'c')::bigint from jsonb_array_elements(items) i));
end
$$;
