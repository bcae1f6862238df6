-- A click dated before its impression is an order that can't be: no longer valid. What is stored is moved by `classify`.
update traffic_rule set version = version + 1,
  meaning = 'a click before its impression, or within so many milliseconds after it, was nobody''s'
where rule = 'click_delay';

-- How many times the usual: of counts that are read by their own times (flags).
alter table alert_rule drop constraint alert_rule_comparison_is_known;
alter table alert_rule add constraint alert_rule_comparison_is_known
  check (comparison in ('below', 'above', 'times_usual'));
alter table alert_rule add constraint alert_rule_usual_is_of_flags
  check (comparison <> 'times_usual' or metric = 'flags' and threshold >= 1);

-- A window is judged where somebody looked all the time; what was sampled before this is not known to be.
alter table alert_sample add column observed_since timestamptz not null default now();
comment on column alert_sample.observed_since is 'the first sample from which on there was one each minute';

-- Flags are few; those of a window are found by their time.
create index comment_flag_by_time on comment_flag (created_at);
