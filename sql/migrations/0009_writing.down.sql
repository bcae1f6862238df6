drop sequence demo_user;
drop type reaction_target;
drop type write_answer;
drop table impression_event, share_channel, person, write_receipt;
