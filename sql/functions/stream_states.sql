-- The states of these streams that are newer than these versions, absolute values, oldest change first.
create or replace function stream_states(streams text[], after_versions bigint[])
returns table (stream text, name text, key text, version bigint, data jsonb)
language sql stable rows 10
as $$
  with wanted as (
    select w.stream, w.after_version, substr(w.stream, 10)::bigint as campaign_id
    from unnest(streams, after_versions) w (stream, after_version)
    where w.stream like 'campaign:%'
  )
  select w.stream, 'campaign:counters', '', c.version, counters_document(c)
  from wanted w join campaign_counters c on c.campaign_id = w.campaign_id and c.version > w.after_version
  union all
  select w.stream, 'comment:counters', c.comment_id::text, c.version,
    jsonb_build_object('campaignId', c.campaign_id, 'commentId', c.comment_id, 'likes', c.likes,
      'replies', c.replies, 'descendants', c.descendants)
  from wanted w
  join comment_counters c on c.campaign_id = w.campaign_id and c.version > w.after_version and c.version > 0
  union all
  select w.stream, 'campaign:metrics', '', s.version, m.document
  from unnest(streams, after_versions) w (stream, after_version)
  join live_stream s on s.stream = w.stream and s.version > w.after_version
  cross join lateral (select metrics_document(substr(w.stream, 12)::bigint) as document offset 0) m
  where w.stream like 'advertiser:%' and m.document is not null
  union all
  select w.stream, 'moderation:queues', '', s.version, moderation_queues_document()
  from unnest(streams, after_versions) w (stream, after_version)
  join live_stream s on s.stream = w.stream and s.version > w.after_version
  where w.stream = 'moderation'
  union all
  select w.stream, 'notification:unread', '', u.version, jsonb_build_object('unread', u.unread)
  from (
    select w.stream, w.after_version, substr(w.stream, 6)::bigint as user_id
    from unnest(streams, after_versions) w (stream, after_version) where w.stream like 'user:%' offset 0
  ) w join notification_user u on u.user_id = w.user_id and u.version > w.after_version
$$;
