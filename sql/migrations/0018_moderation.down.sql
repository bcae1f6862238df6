drop table moderation_template, moderation_rules, moderation_notice, moderation_appeal, user_sanction,
  moderation_statement, moderation_log, moderation_claim, moderation_queue, moderation_item, comment_rule_hit, flagger_record;
drop index comment_flag_by_user;
alter table comment_flag drop column settled_by, drop column outcome, drop column weight;
delete from live_outbox where stream = 'moderation';
delete from live_event where stream = 'moderation';
delete from live_stream where stream = 'moderation';
