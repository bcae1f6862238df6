-- What is lost: all notifications, with what was read of them, preferences and digests.
drop table invoice_overdue, campaign_pacing, notification_digest, notification_quiet_hours, notification_preference,
  notification_user, notification_entry, notification, notification_mark, advertiser_member, notification_note;
drop type notification_values;
delete from live_outbox where stream like 'user:%';
delete from live_event where stream like 'user:%';
delete from live_stream where stream like 'user:%';
