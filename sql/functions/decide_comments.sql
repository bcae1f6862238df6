-- Decisions of one moderator, all or nothing. When one can't be made, `errors` says which and why, and nothing is done.
--   asked: [{"commentId", "action": approve | reject, "reason", "explanation", "revision"}]
create or replace function decide_comments(
  asked jsonb, moderator bigint, moderator_name text, of_batch uuid, out items jsonb, out errors jsonb
)
language plpgsql
as $$
begin
  perform lock_comments(array(select (a->>'commentId')::bigint from jsonb_array_elements(asked) a));
  select jsonb_agg(refused.why || jsonb_build_object('index', place - 1) order by place) into errors
  from jsonb_array_elements(asked) with ordinality as a (decision, place)
  cross join lateral (
    select coalesce(
      decision_refusal((decision->>'commentId')::bigint, moderator, (decision->>'revision')::integer),
      case when exists (
        select from jsonb_array_elements(asked) with ordinality as b (earlier, at)
        where at < place and earlier->'commentId' = decision->'commentId'
      ) then jsonb_build_object('code', 'already_decided') end) as why
  ) refused
  where refused.why is not null;
  if errors is not null then return; end if;

  items := '[]';
  for place in 0 .. jsonb_array_length(asked) - 1 loop
    items := items || jsonb_build_array(decide_comment((asked->place->>'commentId')::bigint, asked->place->>'action',
      asked->place->>'reason', asked->place->>'explanation', moderator, moderator_name, of_batch));
  end loop;
end
$$;
