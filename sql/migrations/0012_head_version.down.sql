alter table live_stream drop column head_version;
