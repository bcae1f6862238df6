-- 0024: notifications that go to webhooks too, and what is found to be put away when nobody ever reads it.

alter table notification
  add column webhook boolean not null default false,
  add column sent bigint not null default 0,
  add column sent_at timestamptz;
comment on column notification.webhook is 'whether it goes to the endpoints that its reader made';
comment on column notification.sent is 'the count that they were told last';
comment on column notification.digested_at is 'updated_at of what the last digest held of it';

create index notification_unsent on notification (sent_at, user_id) where webhook and read_at is null and sent <> count;
create index notification_unread_by_age on notification (updated_at) where read_at is null;
