drop table comment_screens, comment_fingerprint;
