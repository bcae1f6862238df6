-- What somebody wants of a kind of notification about a campaign: the most specific of their preferences. wanted: any of it.
drop function if exists notification_setting(bigint, text, bigint);
create or replace function notification_setting(reader bigint, of_kind text, campaign bigint)
returns table (in_app boolean, digest text, webhook boolean, wanted boolean)
language sql stable rows 1
as $$
  select s.in_app, s.digest, s.webhook, s.in_app or s.digest <> 'none' or s.webhook
  from (
    select coalesce(p.in_app, true) as in_app, coalesce(p.digest, 'none') as digest, coalesce(p.webhook, false) as webhook
    from (values (true)) one (row) left join lateral (
      select * from notification_preference n
      where n.user_id = reader and (n.kind is null or n.kind = of_kind) and (n.campaign_id is null or n.campaign_id = campaign)
      order by (n.kind is not null)::integer * 2 + (n.campaign_id is not null)::integer desc limit 1
    ) p on true
  ) s
$$;
