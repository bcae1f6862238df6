-- Notes for those who hear of a campaign as its owner: that its engagement moved (one note a user and batch, without a
-- number: the counters have it), milestones, alerts, and its money.
create or replace function counters_notified() returns trigger
language plpgsql
as $$
begin
  insert into notification_note (user_id, kind, campaigns)
  select m.user_id, 'engagement', array_agg(c.campaign_id)
  from (
    -- A sub-select and not a join: a cached plan made while the table was small would go on scanning it.
    select a.campaign_id, (select p.advertiser_id from campaign_profile p where p.id = a.campaign_id) as advertiser_id
    from after a join before b using (campaign_id)
    where (a.likes, a.shares, a.comments, a.saves, a.bookmarks) <> (b.likes, b.shares, b.comments, b.saves, b.bookmarks)
  ) c join advertiser_member m using (advertiser_id)
  group by m.user_id;
  return null;
end
$$;

drop trigger if exists counters_notified on campaign_counters;
create trigger counters_notified after update on campaign_counters
referencing old table as before new table as after
for each statement execute function counters_notified();

create or replace function milestones_notified() returns trigger
language plpgsql
as $$
begin
  perform note_fact(a.campaign_id, 'milestone', a.campaign_id || ':' || a.metric,
    jsonb_build_object('metric', a.metric, 'value', a.value))
  from (select * from after order by campaign_id, metric, value) a;
  return null;
end
$$;

drop trigger if exists milestones_notified on campaign_milestone;
create trigger milestones_notified after insert on campaign_milestone
referencing new table as after
for each statement execute function milestones_notified();

create or replace function alerts_notified() returns trigger
language plpgsql
as $$
begin
  perform note_fact(a.campaign_id, 'alert', a.id::text, jsonb_build_object('ruleId', a.id, 'metric', a.metric,
    'comparison', a.comparison, 'threshold', a.threshold, 'windowMinutes', a.window_minutes))
  from after a join before b using (id) where a.holds and not b.holds;
  return null;
end
$$;

drop trigger if exists alerts_notified on alert_rule;
create trigger alerts_notified after update on alert_rule
referencing old table as before new table as after
for each statement execute function alerts_notified();

create or replace function balance_notified() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    perform note_fact(campaign_id, 'low_balance', campaign_id::text, '{}') from after;
  else
    perform note_fact(a.campaign_id, 'auto_paused', a.campaign_id::text, jsonb_build_object('pausedAt', iso(a.paused_at)))
    from after a join before b using (campaign_id) where a.paused_at is not null and b.paused_at is null;
  end if;
  return null;
end
$$;

drop trigger if exists balance_notified_inserted on low_balance;
create trigger balance_notified_inserted after insert on low_balance
referencing new table as after
for each statement execute function balance_notified();

drop trigger if exists balance_notified_updated on low_balance;
create trigger balance_notified_updated after update on low_balance
referencing old table as before new table as after
for each statement execute function balance_notified();

create or replace function invoices_notified() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    perform note_fact(a.campaign_id, 'invoice_issued', a.id::text, invoice_note(a)) from after a;
  else
    perform note_fact(a.campaign_id, 'invoice_paid', a.id::text, invoice_note(a))
    from after a join before b using (id) where a.status = 'paid' and b.status <> 'paid';
  end if;
  return null;
end
$$;

drop trigger if exists invoices_notified_inserted on campaign_invoices;
create trigger invoices_notified_inserted after insert on campaign_invoices
referencing new table as after
for each statement execute function invoices_notified();

drop trigger if exists invoices_notified_updated on campaign_invoices;
create trigger invoices_notified_updated after update on campaign_invoices
referencing old table as before new table as after
for each statement execute function invoices_notified();

-- A campaign that changes hands: what it has is no news to those who get it.
create or replace function owner_notified() returns trigger
language plpgsql
as $$
begin
  insert into notification_mark (user_id, campaign_id, seen)
  select m.user_id, new.id, v.seen from advertiser_member m
  cross join lateral (select engagement_of_others(new.id, m.user_id) as seen offset 0) v
  where m.advertiser_id = new.advertiser_id and v.seen is not null
  on conflict (campaign_id, user_id) do update set seen = excluded.seen;
  insert into notification_note (user_id, kind, campaigns)
  select m.user_id, 'engagement', array[new.id] from advertiser_member m where m.advertiser_id = new.advertiser_id;
  return null;
end
$$;

drop trigger if exists owner_notified on campaign_profile;
create trigger owner_notified after update of advertiser_id on campaign_profile
for each row when (new.advertiser_id is distinct from old.advertiser_id)
execute function owner_notified();
