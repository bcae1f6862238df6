-- A campaign's files are part of its public face: whoever changes them, its watchers are told. A campaign that went along
-- with its files has said so itself.
create or replace function media_changed() returns trigger
language plpgsql
as $$
declare
  changed bigint[];
  streams text[];
begin
  if tg_op = 'INSERT' then
    changed := array(select distinct campaign_id from after);
  elsif tg_op = 'DELETE' then
    changed := array(select distinct campaign_id from before);
  else
    changed := array(select campaign_id from before union select campaign_id from after);
  end if;
  changed := array(select p.id from campaign_profile p where p.id = any (changed) order by p.id);
  if cardinality(changed) = 0 then return null; end if;
  streams := array(select campaign_stream(id) from unnest(changed) with ordinality c (id, n) order by n);
  perform lock_streams(streams);
  perform publish(streams, streams, array(select 'campaign:updated'::text from unnest(changed)),
    array(select campaign_document(p) from campaign_profile p where p.id = any (changed) order by p.id));
  return null;
end
$$;

drop trigger if exists media_inserted on campaign_media;
create trigger media_inserted after insert on campaign_media
referencing new table as after
for each statement execute function media_changed();

drop trigger if exists media_updated on campaign_media;
create trigger media_updated after update on campaign_media
referencing old table as before new table as after
for each statement execute function media_changed();

drop trigger if exists media_deleted on campaign_media;
create trigger media_deleted after delete on campaign_media
referencing old table as before
for each statement execute function media_changed();

-- Which campaigns had files is known before they are gone.
create or replace function media_truncated() returns trigger
language plpgsql
as $$
begin
  if tg_when = 'BEFORE' then
    perform set_config('pulse.had_media', (select coalesce(array_agg(distinct campaign_id), '{}')::text from campaign_media), true);
    return null;
  end if;
  declare
    changed bigint[] := array(
      select p.id from campaign_profile p where p.id = any (current_setting('pulse.had_media')::bigint[]) order by p.id);
    streams text[] := array(select campaign_stream(id) from unnest(changed) with ordinality c (id, n) order by n);
  begin
    if cardinality(changed) = 0 then return null; end if;
    perform lock_streams(streams);
    perform publish(streams, streams, array(select 'campaign:updated'::text from unnest(changed)),
      array(select campaign_document(p) from campaign_profile p where p.id = any (changed) order by p.id));
  end;
  return null;
end
$$;

drop trigger if exists media_about_to_be_truncated on campaign_media;
create trigger media_about_to_be_truncated before truncate on campaign_media
for each statement execute function media_truncated();

drop trigger if exists media_truncated on campaign_media;
create trigger media_truncated after truncate on campaign_media
for each statement execute function media_truncated();
