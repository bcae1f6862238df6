drop type write_outcome;
drop index campaign_engagement_by_author;
drop index person_by_name;
drop table comment_flag, comment_mention, comment_likes_before;
drop type past_comment, comment_move;
drop table comment_status_change, comment_revision;
