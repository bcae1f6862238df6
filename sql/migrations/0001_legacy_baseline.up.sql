-- 0001 legacy baseline: the shape that the advertising platform had before its clean-up:
-- campaign_profile 82 columns, campaign_invoices 19, campaign_impressions 25, campaign_media 13, no engagement.
--
-- For the operator: on a fresh database this creates the four tables. A database that has them already is not taken
-- through this file; the runner recognises it by its columns and marks it (see server/platform/migrate/adopt).
--
-- Two rules shape every column. Other programs insert plain rows, so only what a row is nothing without is required.
-- And a value that has no meaning as NULL (a flag, a running total) is `not null` with a default, so that
-- `where not charged` and `total_charged + x` are never silently NULL.

create table campaign_profile (
  -- core
  id bigint generated always as identity primary key,
  name text not null,
  description text,
  objective text,

  -- relationships: the tables of advertisers and brands belong to the platform, hence no foreign keys
  advertiser_id bigint,
  brand_id bigint,

  -- targeting
  target_audiences text[],
  target_audience text, -- legacy, free text; goes with 0006
  target_regions text[],
  target_placements text[],
  target_location text,
  national_location text,
  regional_country_code text,
  national_country_code text,

  -- budget and pricing
  campaign_budget numeric(14, 2),
  cpi_rate numeric(12, 6),
  cost_per_impression numeric(12, 6), -- legacy duplicate of cpi_rate; goes with 0006
  billing_frequency integer, -- impressions per billing cycle
  total_impressions_planned bigint,
  campaign_package_id bigint, -- legacy, refers to a table that never existed; goes with 0006

  -- scheduling
  start_date timestamptz,
  submitted_date timestamptz,
  launched_at timestamptz,
  ended_at timestamptz,
  paused_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  -- status
  verification_status text default 'draft',
  status_by bigint, -- the user who decided
  status_reason text,
  status_at timestamptz,
  is_verified boolean not null default false,

  -- settings
  call_to_action text,
  campaign_socials jsonb,
  auto_pause_on_low_balance boolean not null default false,
  minimum_balance_threshold numeric(14, 2),
  grace_period_hours integer,

  -- financial
  deposit_percent numeric(5, 2),
  deposit_amount numeric(14, 2),
  cancellation_fee_percent numeric(5, 2),
  cancellation_fee_amount numeric(14, 2),
  outstanding_balance numeric(14, 2) not null default 0,
  remaining_balance numeric(14, 2),
  total_charged numeric(14, 2) not null default 0,
  amount_used numeric(14, 2) not null default 0,
  final_settlement_amount numeric(14, 2),

  -- other
  cancelled_by_user_id bigint,
  cancellation_reason text,
  pause_reason text,

  -- legacy invoice and payment fields: go with 0003. Free text, as the platform never agreed on their words.
  invoice_id bigint,
  invoice_status text,
  invoice_due_date date,
  payment_status text default 'pending',
  payment_transaction_id text,
  paid_at timestamptz,
  deposit_paid boolean default false,
  deposit_transaction_id text,
  final_settlement_paid boolean default false,
  final_settlement_transaction_id text,
  payment_model text,
  cost_per_click numeric(12, 6),
  cost_per_view numeric(12, 6),
  cost_per_engagement numeric(12, 6),
  cost_per_conversion_rate numeric(12, 6),
  last_billing_at timestamptz,

  -- legacy stored aggregates, stale by nature: go with 0005. Rates were floats.
  impressions bigint default 0,
  viewability_rate double precision,
  click_through_rate double precision,
  conversions bigint default 0,
  conversion_rate double precision,
  engagement_rate double precision,
  reach bigint default 0,
  impressions_delivered bigint default 0,
  impressions_charged bigint default 0,
  likes integer default 0,
  shares integer default 0,
  comments integer default 0,

  -- legacy aggregates that went last: with 0006
  video_completion_rate double precision,
  quartile_metrics jsonb,
  frequency double precision,
  marketing_efficiency_ratio double precision,
  followers integer default 0,

  constraint target_audiences_are_known
    check (target_audiences <@ array['tutor', 'student', 'parent', 'advertiser', 'user']),
  constraint target_placements_are_known
    check (target_placements <@ array['placeholder', 'widget', 'popup', 'insession']),
  constraint verification_status_is_known
    check (verification_status in ('draft', 'pending', 'submitted', 'verified', 'rejected'))
);

-- "my campaigns", newest first.
create index campaign_profile_by_advertiser on campaign_profile (advertiser_id, id desc);

create table campaign_invoices (
  id bigint generated always as identity primary key,
  campaign_id bigint not null,
  advertiser_id bigint,
  brand_id bigint,
  impressions_delivered bigint not null default 0,
  cpi_rate numeric(12, 6),
  amount numeric(14, 2) not null default 0,
  deposit_amount numeric(14, 2) not null default 0,
  outstanding_amount numeric(14, 2) not null default 0,
  status text not null default 'draft',
  payment_transaction_id text,
  paid_at timestamptz,
  invoice_number text,
  invoice_type text not null default 'cycle',
  issued_at timestamptz,
  due_date timestamptz,
  notes text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  -- restrict: what is owed outlives the wish to delete a campaign. Void its invoices, keep the rows.
  constraint an_invoice_belongs_to_a_campaign
    foreign key (campaign_id) references campaign_profile (id) on delete restrict,
  constraint invoice_status_is_known
    check (status in ('draft', 'open', 'paid', 'void', 'uncollectible')),
  constraint invoice_type_is_known
    check (invoice_type in ('deposit', 'cycle', 'final_settlement', 'credit_note'))
);

create index campaign_invoices_by_campaign on campaign_invoices (campaign_id, id);

create table campaign_impressions (
  id bigint generated always as identity primary key,
  campaign_id bigint not null,
  brand_id bigint,
  is_unique_impression boolean not null default false,
  is_viewable boolean not null default false,
  viewable_duration integer, -- milliseconds
  clicked boolean not null default false,
  clicked_at timestamptz,
  converted boolean not null default false,
  converted_at timestamptz,
  user_id bigint,
  profile_id bigint,
  profile_type text,
  device_type text,
  location text,
  placement text,
  audience text,
  region text,
  cpi_rate numeric(12, 6),
  charged boolean not null default false,
  charged_at timestamptz,
  ip_address inet,
  user_agent text,
  session_id text not null,
  created_at timestamptz not null default now(),

  -- cascade: an impression says nothing without its campaign, and one that was billed is held by its invoice's restrict.
  constraint an_impression_belongs_to_a_campaign
    foreign key (campaign_id) references campaign_profile (id) on delete cascade,
  constraint impression_device_type_is_known
    check (device_type in ('mobile', 'tablet', 'desktop', 'other')),
  constraint impression_placement_is_known
    check (placement in ('placeholder', 'widget', 'popup', 'insession'))
);

-- Exports and recounts walk one campaign in id order.
create index campaign_impressions_by_campaign on campaign_impressions (campaign_id, id);

-- The viewer is user_id, else session_id. One index answers both: `user_id = 7`, and `user_id is null and session_id = 's'`.
create index campaign_impressions_by_viewer on campaign_impressions (campaign_id, user_id, session_id);

-- What the next billing cycle closes; it stays small however many impressions have been charged.
create index campaign_impressions_uncharged on campaign_impressions (campaign_id, id) where not charged;

create table campaign_media (
  id bigint generated always as identity primary key,
  campaign_id bigint not null,
  brand_id bigint,
  advertiser_id bigint,
  media_type text not null,
  placement text,
  file_url text not null,
  file_name text,
  file_size bigint, -- bytes
  content_type text,
  display_order integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  -- cascade: the row is a pointer to a file, worth nothing without its campaign.
  constraint media_belong_to_a_campaign
    foreign key (campaign_id) references campaign_profile (id) on delete cascade,
  constraint media_type_is_known
    check (media_type in ('image', 'video')),
  constraint media_placement_is_known
    check (placement in ('placeholder', 'widget', 'popup', 'insession'))
);

-- The order in which a campaign's files are shown: lowest display_order, then lowest id.
create index campaign_media_in_order on campaign_media (campaign_id, display_order, id);
