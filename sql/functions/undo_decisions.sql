-- Takes decisions back, all or nothing; see decide_comments. Later ones first, so that each finds what it left.
create or replace function undo_decisions(
  decisions bigint[], explained text, moderator bigint, moderator_name text, is_admin boolean, of_batch uuid,
  out items jsonb, out errors jsonb
)
language plpgsql
as $$
declare
  one bigint;
begin
  perform lock_comments(array(
    select distinct comment_id from moderation_log where id = any (decisions) and comment_id is not null));
  select jsonb_agg(refused.why || jsonb_build_object('index', place - 1) order by place) into errors
  from unnest(decisions) with ordinality as d (id, place)
  cross join lateral (select undo_refusal(id, moderator, is_admin) as why) refused
  where refused.why is not null;
  if errors is not null then return; end if;

  items := '[]';
  foreach one in array array(select id from unnest(decisions) id order by id desc) loop
    items := jsonb_build_array(undo_decision(one, explained, moderator, moderator_name, of_batch)) || items;
  end loop;
end
$$;
