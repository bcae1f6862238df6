drop index notification_unread_by_age;
drop index notification_unsent;
comment on column notification.digested_at is null;
alter table notification drop column sent_at, drop column sent, drop column webhook;
