drop index comment_flag_by_time;
alter table alert_sample drop column observed_since;
delete from alert_rule where comparison = 'times_usual' or metric = 'flags'; -- nothing below could look at them
alter table alert_rule drop constraint alert_rule_usual_is_of_flags;
alter table alert_rule drop constraint alert_rule_comparison_is_known;
alter table alert_rule add constraint alert_rule_comparison_is_known check (comparison in ('below', 'above'));
update traffic_rule set version = greatest(version - 1, 1),
  meaning = 'a click within so many milliseconds after its impression was nobody''s'
where rule = 'click_delay';
