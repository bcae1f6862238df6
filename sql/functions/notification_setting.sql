-- What somebody wants of a kind of notification about a campaign: the most specific of their preferences.
create or replace function notification_setting(reader bigint, of_kind text, campaign bigint)
returns table (in_app boolean, digest text, webhook boolean)
language sql stable rows 1
as $$
  select coalesce(p.in_app, true), coalesce(p.digest, 'none'), coalesce(p.webhook, false)
  from (values (true)) one (row) left join lateral (
    select * from notification_preference n
    where n.user_id = reader and (n.kind is null or n.kind = of_kind) and (n.campaign_id is null or n.campaign_id = campaign)
    order by (n.kind is not null)::integer * 2 + (n.campaign_id is not null)::integer desc limit 1
  ) p on true
$$;
