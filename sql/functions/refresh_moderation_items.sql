-- Brings the items of these comments up to what moderation_items_of says, counts the queues and tells the desk. The caller
-- holds the streams of their campaigns, which guard the items; `moderation` guards the counts, and is locked only when
-- something changed. An item that changed in its queue (another flag, a new text) enters it again: whoever shows it
-- replaces what it has.
create or replace function refresh_moderation_items(comments bigint[]) returns void
language plpgsql
as $$
declare
  was moderation_item[];
  is_now moderation_item[];
  names text[];
  payloads jsonb[];
begin
  if coalesce(cardinality(comments), 0) = 0 then return; end if;
  select array_agg(row(b.*)::moderation_item) filter (where b.comment_id is not null),
    array_agg(row(a.*)::moderation_item) filter (where a.comment_id is not null)
  into was, is_now
  from moderation_items_of(comments) a
  full join (select * from moderation_item where comment_id = any (comments)) b on b.comment_id = a.comment_id
  where row(a.*) is distinct from row(b.*);
  if was is null and is_now is null then return; end if;

  perform lock_streams(array['moderation']);
  delete from moderation_item i using unnest(was) w where i.comment_id = w.comment_id;
  insert into moderation_item select * from unnest(is_now);
  update moderation_queue q set items = q.items + d.change
  from (
    select queue, sum(sign) as change
    from (select queue, 1 as sign from unnest(is_now) union all select queue, -1 from unnest(was)) moved
    group by queue having sum(sign) <> 0
  ) d where q.queue = d.queue;
  -- Nobody works on what is no longer there.
  delete from moderation_claim c using unnest(was) w
  where c.comment_id = w.comment_id and not exists (select from campaign_engagement e where e.id = w.comment_id);

  select array_agg(e.name order by e.comment_id, e.place), array_agg(e.data order by e.comment_id, e.place)
  into names, payloads
  from (
    select w.comment_id, 1 as place, 'moderation:item-left' as name,
      jsonb_build_object('commentId', w.comment_id, 'campaignId', w.campaign_id, 'queue', w.queue) as data
    from unnest(was) w
    where not exists (select from unnest(is_now) n where n.comment_id = w.comment_id and n.queue = w.queue)
    union all
    select n.comment_id, 2, 'moderation:item-entered', moderation_item_document(n) from unnest(is_now) n
  ) e;
  perform publish(array['moderation'], array_fill('moderation'::text, array[cardinality(names)]), names, payloads);
end
$$;
