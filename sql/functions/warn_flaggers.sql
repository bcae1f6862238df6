-- Warns users whose flags were without cause five times or more, with fewer than a fifth agreed, once. The line names the
-- decision, whose undo takes the warning back. The caller holds `moderation`.
create or replace function warn_flaggers(comment bigint, campaign bigint, decision bigint) returns void
language plpgsql
as $$
declare
  r record;
begin
  for r in
    update flagger_record k set warned_at = clock_timestamp()
    where k.warned_at is null and k.disagreed >= 5 and k.agreed < 0.2 * (k.agreed + k.disagreed)
      and k.user_id in (select f.user_id from comment_flag f where f.settled_by = decision)
    returning k.user_id, k.agreed, k.disagreed
  loop
    perform append_moderation_log(null, null, 'flagger_warned', comment, campaign, r.user_id, null, 'false_flags', null,
      jsonb_build_object('agreed', r.agreed, 'disagreed', r.disagreed, 'decision', decision), null, null);
  end loop;
end
$$;
