-- A page of a thread with the position at which it is true, read in one snapshot (stable). `next` is the keyset of the
-- last item when there may be more. With previews, each item brings its first replies, oldest first.
drop function if exists list_comments(bigint, bigint, text, integer, integer, bigint, timestamptz, bigint);
create or replace function list_comments(
  campaign bigint, parent bigint, sort text, page_size integer, previews integer,
  after_likes bigint, after_at timestamptz, after_id bigint, as_of bigint
) returns jsonb
language plpgsql stable
as $$
declare
  found_ids bigint[];
  found_likes bigint[];
  items jsonb;
  next jsonb;
begin
  select array_agg(p.comment_id order by p.place), array_agg(p.likes order by p.place) into found_ids, found_likes
  from comment_page(campaign, parent, sort, page_size + 1, after_likes, after_at, after_id, as_of) p;

  if cardinality(found_ids) > page_size then
    select jsonb_build_object('likes', found_likes[page_size], 'at', iso(c.created_at), 'id', c.comment_id,
      'asOf', coalesce(as_of, s.version)) into next
    from comment_counters c join live_stream s on s.stream = campaign_stream(campaign)
    where c.comment_id = found_ids[page_size];
    found_ids := found_ids[:page_size];
  end if;

  select coalesce(jsonb_agg(d.document || case when previews = 0 then '{}' else jsonb_build_object('replyPreview',
      coalesce((select jsonb_agg(r.document order by p.place)
        from comment_page(campaign, d.id, 'oldest', previews, null, null, null, null) p
        join comment_documents r on r.id = p.comment_id), '[]')) end order by ids.place), '[]')
  into items
  from unnest(found_ids) with ordinality as ids (id, place)
  join comment_documents d on d.id = ids.id;

  return (
    select jsonb_build_object('items', items, 'stream', s.stream, 'epoch', s.epoch, 'seq', s.head, 'next', next)
    from live_stream s where s.stream = campaign_stream(campaign));
end
$$;
