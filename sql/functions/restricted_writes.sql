-- Of a batch of writes, those whose user a sanction of these kinds keeps from it, each with the gravest: 0, the problem
-- code, and what the user is told. Mostly there are none, and then it is one look
-- at the index of sanctions that are not lifted.
-- A plan made while there were no sanctions would go on scanning the table, hence no sequential scans.
create or replace function restricted_writes(places integer[], users bigint[], campaigns bigint[], kinds text[])
returns write_answer[]
language plpgsql stable set enable_seqscan = off
as $$
begin
  if not exists (
    select from user_sanction s where s.user_id = any (users) and s.lifted_at is null
  ) then return '{}'; end if;

  return array(
    select distinct on (w.o) row(w.o, 0,
      case s.kind when 'ban' then 'banned' when 'suspend' then 'suspended' when 'mute' then 'muted'
        when 'warn' then 'warning_unacknowledged' else s.kind end,
      null, jsonb_build_object('sanctionId', s.id, 'reason', s.reason, 'explanation', s.explanation,
        'until', iso(s.until), 'campaignId', s.campaign_id))::write_answer
    from unnest(places, users, campaigns) as w (o, user_id, campaign_id)
    join user_sanction s on s.user_id = w.user_id and s.lifted_at is null and s.kind = any (kinds)
      and (s.campaign_id is null or s.campaign_id = w.campaign_id)
    where sanction_holds(s)
    order by w.o, array_position(array['ban', 'suspend', 'mute', 'warn', 'premod'], s.kind), s.until desc nulls first);
end
$$;
