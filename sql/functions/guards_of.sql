-- The streams to be locked before anything is written to these: an advertiser's is guarded by its campaign's.
create or replace function guards_of(streams text[]) returns text[]
language sql immutable parallel safe
as $$
  select array(
    select distinct case when s like 'advertiser:%' then 'campaign:' || substr(s, 12) else s end from unnest(streams) s
    order by 1)
$$;
