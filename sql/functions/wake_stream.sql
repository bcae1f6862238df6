-- Somebody is about to open the stream for the first time. Under the lock that guards it, so whoever writes after the
-- position that is read next logs everything; and what the last 24 hours would have logged is logged now, the newest
-- 10,000 of it at most, so that the log is as whole as if somebody had always been there. False without such a stream.
create or replace function wake_stream(wanted text) returns boolean
language plpgsql
as $$
declare
  campaign bigint := substr(wanted, 12)::bigint;
  asleep boolean;
  missed bigint;
  payloads jsonb[];
begin
  select dormant into asleep from live_stream where stream = wanted;
  if not coalesce(asleep, false) then return asleep is not null; end if;
  perform lock_streams(guards_of(array[wanted]));
  update live_stream set dormant = false where stream = wanted and dormant;
  if not found then return true; end if;

  with recent as (
    select e, row_number() over (order by e.id desc) as n
    from campaign_engagement e left join comment_state s on s.comment_id = e.id
    where e.campaign_id = campaign and e.created_at > now() - interval '24 hours'
      and (e.engagement_type <> 'comment' or comment_is_shown(s.status))
  )
  select count(*), array_agg(engagement_document(e) order by n desc) filter (where n <= 10000) into missed, payloads
  from recent;
  if missed > 10000 then
    delete from live_event where stream = wanted; -- or the log would have a hole
    update live_stream set head = head + missed - 10000, kept_from = head + missed - 10000 + 1 where stream = wanted;
  end if;
  if missed > 0 then
    perform publish(array[wanted], array_fill(wanted, array[cardinality(payloads)]),
      array_fill('engagement:created'::text, array[cardinality(payloads)]), payloads);
  end if;
  return true;
end
$$;
