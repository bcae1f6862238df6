drop type write_outcome;
drop index campaign_engagement_by_author;
drop index person_by_name;
drop table comment_flag, comment_mention, comment_likes_before;
drop type past_comment, comment_move;
drop table comment_status_change, comment_revision;
alter table live_stream drop column kept_from;
update campaign_impressions i set is_unique_impression = b.was_unique
from unique_impression_backup b
where i.id = b.impression_id and i.is_unique_impression is not distinct from b.became_unique;
drop table unique_impression_backup;
