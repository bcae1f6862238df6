-- Locks the streams of the campaigns that these comments belong to, also of one that moves on while its lock is awaited.
create or replace function lock_threads(comments bigint[]) returns void
language plpgsql
as $$
declare
  held text[] := '{}';
  wanted text[];
begin
  loop
    wanted := array(select distinct campaign_stream(campaign_id) from campaign_engagement where id = any (comments));
    exit when wanted <@ held;
    perform lock_streams(wanted);
    held := held || wanted;
  end loop;
end
$$;
