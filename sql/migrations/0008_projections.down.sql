-- What is lost: edits' revisions, statuses of comments and verdicts of impressions. The five tables keep their rows.
drop table projection_build, impression_hourly, campaign_viewers, comment_counters, campaign_counters;
drop table impression_verdict, comment_state;
drop type impression_change;
drop type engagement_change;
