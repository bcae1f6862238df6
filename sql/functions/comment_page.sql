-- The ids of one page of siblings, by keyset: newest and oldest go by time then id, top by likes, then newest.
--   after_*: the last row of the page before, null for the first page.
create or replace function comment_page(
  campaign bigint, parent bigint, sort text, page_size integer,
  after_likes bigint, after_at timestamptz, after_id bigint
) returns table (comment_id bigint, place bigint)
language plpgsql stable rows 20
as $$
begin
  if sort = 'oldest' then
    return query
    select c.comment_id, row_number() over ()
    from comment_counters c left join comment_state s using (comment_id)
    where c.campaign_id = campaign and c.parent_id is not distinct from parent
      and comment_is_listed(s.status, c.descendants)
      and (after_id is null or (c.created_at, c.comment_id) > (after_at, after_id))
    order by c.created_at, c.comment_id limit page_size;
  elsif sort = 'newest' then
    return query
    select c.comment_id, row_number() over ()
    from comment_counters c left join comment_state s using (comment_id)
    where c.campaign_id = campaign and c.parent_id is not distinct from parent
      and comment_is_listed(s.status, c.descendants)
      and (after_id is null or (c.created_at, c.comment_id) < (after_at, after_id))
    order by c.created_at desc, c.comment_id desc limit page_size;
  else
    return query
    select c.comment_id, row_number() over ()
    from comment_counters c left join comment_state s using (comment_id)
    where c.campaign_id = campaign and c.parent_id is not distinct from parent
      and comment_is_listed(s.status, c.descendants)
      and (after_id is null or (c.likes, c.created_at, c.comment_id) < (after_likes, after_at, after_id))
    order by c.likes desc, c.created_at desc, c.comment_id desc limit page_size;
  end if;
end
$$;
