-- One page of siblings, by keyset: newest and oldest go by time then id, top by likes, then newest.
--   after_*: the last row of the page before, null for the first page.
--   as_of: the stream's version at the first page; top goes on by the likes of then (comment_likes_before), so a list that
--   is read to its end holds everything once, however likes move meanwhile. Null: by the likes of now.
-- The query is put together for each call, so that each order and the top level (parent null) walk an index; one query
-- with `is not distinct from` would read the whole campaign. The status is a sub-select for the same reason: beside a
-- join the planner may rather read and sort all siblings. The parent, which is the same for all, leads the sort keys since
-- an index is not known to be in the order of the columns behind one that `is null`.
drop function if exists comment_page(bigint, bigint, text, integer, bigint, timestamptz, bigint);
create or replace function comment_page(
  campaign bigint, parent bigint, sort text, page_size integer,
  after_likes bigint, after_at timestamptz, after_id bigint, as_of bigint
) returns table (comment_id bigint, likes bigint, place bigint)
language plpgsql stable rows 20
as $$
declare
  siblings text := case when parent is null then 'c.parent_id is null' else 'c.parent_id = $2' end;
  sort_keys text := case sort when 'top' then 'parent_id desc, likes desc, created_at desc, comment_id desc'
    when 'oldest' then 'parent_id, created_at, comment_id'
    else 'parent_id desc, created_at desc, comment_id desc' end;
  beyond text := case when after_id is null then 'true'
    when sort = 'top' then '(%s, c.created_at, c.comment_id) < ($3, $4, $5)'
    when sort = 'oldest' then '(c.created_at, c.comment_id) > ($4, $5)'
    else '(c.created_at, c.comment_id) < ($4, $5)' end;
  page text := format($query$
    select c.comment_id, c.likes, c.created_at, c.parent_id
    from comment_counters c
    where c.campaign_id = $1 and %s and %s and comment_is_listed(
      (select s.status from comment_state s where s.comment_id = c.comment_id), c.descendants)
  $query$, siblings, replace(beyond, '%s', 'c.likes'));
begin
  if sort = 'top' and as_of is not null then
    page := format($query$
      (%s and (c.version <= $7 or not exists (
        select from comment_likes_before b where b.comment_id = c.comment_id and b.version > $7))
       order by %s limit $6)
      union all
      (select c.comment_id, b.likes, c.created_at, c.parent_id
       from (
         select distinct on (b.comment_id) b.comment_id, b.likes from comment_likes_before b
         where b.campaign_id = $1 and b.version > $7 order by b.comment_id, b.version
       ) b
       join comment_counters c using (comment_id)
       where c.campaign_id = $1 and %s and %s and comment_is_listed(
         (select s.status from comment_state s where s.comment_id = c.comment_id), c.descendants)
       order by %s limit $6)
    $query$, page, sort_keys, siblings, replace(beyond, '%s', 'b.likes'), sort_keys);
  end if;
  return query execute format(
    'select page.comment_id, page.likes, row_number() over () from (select * from (%s) siblings order by %s limit $6) page',
    page, sort_keys)
  using campaign, parent, after_likes, after_at, after_id, page_size, as_of;
end
$$;
