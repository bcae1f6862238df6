-- The users that a text names by @name: those who wrote in this campaign, by the name that readers see, the longest that
-- fits. A name may have up to four words; letter case does not matter. An @ inside a word (an address) names nobody.
create or replace function mentioned_users(campaign bigint, comment_text text) returns setof bigint
language sql stable
as $$
  with called as (
    select place, string_to_array(m[1], ' ') as words
    from regexp_matches(comment_text, '(?<![\w@.])@(\w[^\s@]*(?: [^\s@]+){0,3})', 'g') with ordinality as f (m, place)
  ), candidate as (
    select place, n, lower(rtrim(array_to_string(words[:n], ' '), '.,;:!?…)]}»”"''')) as name
    from called, generate_series(1, least(4, cardinality(words))) n
  ), known as (
    select c.place, c.n, u.user_id from candidate c
    cross join lateral (
      select p.user_id from person p where lower(p.name) = c.name
      union all
      select n.user_id
      from (select case when c.name ~ '^user [1-9][0-9]{0,14}$' then substr(c.name, 6)::bigint end as user_id) n
      where n.user_id is not null and not exists (select from person p where p.user_id = n.user_id)
    ) u
    where exists (
      select from campaign_engagement e
      where e.user_id = u.user_id and e.campaign_id = campaign and e.engagement_type = 'comment')
  )
  select distinct k.user_id from known k
  where k.n = (select max(longer.n) from known longer where longer.place = k.place)
  limit 50
$$;
