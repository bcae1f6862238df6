-- 0014: the advertiser's side: streams of their own, billing, balances, milestones and alert rules.

-- Nobody ever opened it: nothing has to be told of it yet, and what only a follower wants to know is not logged.
alter table live_stream add column dormant boolean not null default false;

-- Campaigns made from now on get theirs by trigger.
insert into live_stream (stream, dormant)
select 'advertiser:' || id::text, true from campaign_profile order by 1 on conflict do nothing;

-- Which invoice an impression stands on. One that is charged stands on exactly one: the primary key is the promise that
-- nothing is billed twice. A verdict of invalid takes the row away and leaves one in invoice_credit.
create table invoice_impression (
  impression_id bigint not null,
  invoice_id bigint not null,
  campaign_id bigint not null,
  constraint an_impression_is_charged_once primary key (impression_id),
  constraint a_charge_belongs_to_an_impression foreign key (impression_id)
    references campaign_impressions (id) on delete cascade,
  constraint a_charge_belongs_to_an_invoice foreign key (invoice_id) references campaign_invoices (id) on delete cascade
);
create index invoice_impression_by_invoice on invoice_impression (invoice_id, impression_id);
create index invoice_impression_by_campaign on invoice_impression (campaign_id);

-- A charge that was taken back, and the credit note that did it. The impression may be charged again later.
create table invoice_credit (
  credit_note_id bigint not null,
  impression_id bigint not null,
  invoice_id bigint not null,
  campaign_id bigint not null,
  constraint a_credit_note_takes_a_charge_back_once primary key (credit_note_id, impression_id),
  constraint a_credit_belongs_to_an_impression foreign key (impression_id)
    references campaign_impressions (id) on delete cascade,
  constraint a_credit_belongs_to_an_invoice foreign key (invoice_id) references campaign_invoices (id) on delete cascade,
  constraint a_credit_belongs_to_a_credit_note foreign key (credit_note_id)
    references campaign_invoices (id) on delete cascade
);
create index invoice_credit_by_invoice on invoice_credit (invoice_id, impression_id);
create index invoice_credit_by_impression on invoice_credit (impression_id);

-- Projection: how many impressions of a campaign are charged. What is left to bill is then a subtraction.
create table campaign_billing (
  campaign_id bigint not null,
  charged bigint not null default 0,
  constraint campaign_billing_is_one_a_campaign primary key (campaign_id)
);

-- The last number of an advertiser's invoices, without a gap: it is taken in the transaction of its invoice.
create table invoice_number (
  scope text not null,
  last integer not null,
  constraint invoice_number_is_one_a_scope primary key (scope)
);

-- Campaigns with a whole cycle to be billed. A hint for the loop that bills; it counts again before it does.
create table billing_due (
  campaign_id bigint not null,
  constraint billing_due_is_one_a_campaign primary key (campaign_id),
  constraint billing_due_belongs_to_a_campaign foreign key (campaign_id) references campaign_profile (id) on delete cascade
);

-- Campaigns whose balance is below their threshold, since when, and when that paused them.
create table low_balance (
  campaign_id bigint not null,
  since timestamptz not null default now(),
  paused_at timestamptz,
  excused numeric(14, 2),
  constraint low_balance_is_one_a_campaign primary key (campaign_id),
  constraint low_balance_belongs_to_a_campaign foreign key (campaign_id) references campaign_profile (id) on delete cascade
);
comment on column low_balance.excused is 'the balance when a payment let the campaign go on: only a lower one pauses it again';
comment on column low_balance.paused_at is 'equal to the profile''s paused_at as long as it was this that paused the campaign';

-- What a campaign has reached, for ever.
create table campaign_milestone (
  campaign_id bigint not null,
  metric text not null,
  value bigint not null,
  reached_at timestamptz not null default now(),
  constraint a_milestone_is_reached_once primary key (campaign_id, metric, value),
  constraint a_milestone_belongs_to_a_campaign foreign key (campaign_id) references campaign_profile (id) on delete cascade
);

-- What an advertiser wants to be told of: a metric over the last minutes below or above a threshold.
create table alert_rule (
  id bigint generated always as identity,
  campaign_id bigint not null,
  metric text not null,
  comparison text not null,
  threshold numeric(20, 6) not null,
  window_minutes integer not null,
  -- Whether it held when it was looked at last: an alert is fired when that turns true.
  holds boolean not null default false,
  fired_at timestamptz,
  constraint alert_rule_id_is_unique primary key (id),
  constraint alert_rule_is_one_of_its_kind unique (campaign_id, metric, comparison, threshold, window_minutes),
  constraint alert_rule_belongs_to_a_campaign foreign key (campaign_id) references campaign_profile (id) on delete cascade,
  constraint alert_rule_comparison_is_known check (comparison in ('below', 'above')),
  constraint alert_rule_window_is_bounded check (window_minutes between 1 and 1440)
);

-- Once a minute, the counts of each campaign that has rules: a window is the difference between two of these, in constant
-- time, late events and verdicts included. Kept for the longest window.
create table alert_sample (
  campaign_id bigint not null,
  at timestamptz not null,
  impressions bigint not null,
  viewable bigint not null,
  clicks bigint not null,
  conversions bigint not null,
  likes bigint not null,
  shares bigint not null,
  comments bigint not null,
  saves bigint not null,
  bookmarks bigint not null,
  spend numeric(20, 6) not null,
  constraint alert_sample_is_one_a_moment primary key (campaign_id, at),
  constraint alert_sample_belongs_to_a_campaign foreign key (campaign_id) references campaign_profile (id) on delete cascade
);
