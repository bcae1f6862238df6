drop table user_access;
