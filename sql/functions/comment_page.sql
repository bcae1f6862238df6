-- The ids of one page of siblings, by keyset: newest and oldest go by time then id, top by likes, then newest.
--   after_*: the last row of the page before, null for the first page.
-- The query is put together for each call, so that each order and the top level (parent null) walk an index; one query
-- with `is not distinct from` would read the whole campaign.
create or replace function comment_page(
  campaign bigint, parent bigint, sort text, page_size integer,
  after_likes bigint, after_at timestamptz, after_id bigint
) returns table (comment_id bigint, place bigint)
language plpgsql stable rows 20
as $$
declare
  sort_keys text := case sort when 'top' then 'c.likes desc, c.created_at desc, c.comment_id desc'
    when 'oldest' then 'c.created_at, c.comment_id'
    else 'c.created_at desc, c.comment_id desc' end;
  beyond text := case when after_id is null then 'true'
    when sort = 'top' then '(c.likes, c.created_at, c.comment_id) < ($3, $4, $5)'
    when sort = 'oldest' then '(c.created_at, c.comment_id) > ($4, $5)'
    else '(c.created_at, c.comment_id) < ($4, $5)' end;
begin
  return query execute format($query$
    select page.comment_id, row_number() over () from (
      select c.comment_id
      from comment_counters c left join comment_state s using (comment_id)
      where c.campaign_id = $1 and %s and comment_is_listed(s.status, c.descendants) and %s
      order by %s limit $6
    ) page
  $query$, case when parent is null then 'c.parent_id is null' else 'c.parent_id = $2' end, beyond, sort_keys)
  using campaign, parent, after_likes, after_at, after_id, page_size;
end
$$;
