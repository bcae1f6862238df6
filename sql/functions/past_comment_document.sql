-- comment_document for a moment in the past: in the words and with the mentions of then.
create or replace function past_comment_document(past past_comment, moment timestamptz) returns jsonb
language sql stable
as $$
  select d.document - case when r.mentions is null then '' else 'mentions' end
    || case when comment_is_shown(past.status) then comment_mentions(r.mentions) else '{}' end
  from campaign_engagement e
  left join comment_state s on s.comment_id = e.id
  left join person p on p.user_id = e.user_id
  left join lateral (
    select * from comment_revision r where r.comment_id = e.id and r.replaced_at > moment order by r.revision limit 1
  ) r on true
  cross join lateral (
    select coalesce(r.revision, s.revision, 1) as number, coalesce(r.written_at, s.edited_at) as written_at
  ) v
  cross join lateral (
    select comment_document(
      jsonb_populate_record(e, jsonb_build_object('comment_text', coalesce(r.comment_text, e.comment_text))),
      row(e.id, e.campaign_id, past.parent_id, past.depth, past.created_at, 0,
        past.likes, past.replies, past.descendants)::comment_counters,
      row(e.id, e.campaign_id, coalesce(past.status, 'published'), v.number,
        case when v.number > 1 then v.written_at end, past.by, past.reason, moment)::comment_state,
      p.name) as document
  ) d
  where e.id = past.comment_id
$$;
