-- A sanction that was made, lifted, acknowledged or deleted, by whichever program: the user is told on their own stream, and
-- their sockets lose or get back the private streams. A deleted one (its campaign went) is told as lifted.
create or replace function user_sanction_changed() returns trigger
language plpgsql
as $$
declare
  changed user_sanction[];
  streams text[];
begin
  case tg_op
    when 'INSERT' then changed := array(select row(a.*)::user_sanction from after a order by a.id);
    when 'UPDATE' then changed := array(
      select row(a.*)::user_sanction from after a join before b using (id)
      where row(a.*)::user_sanction is distinct from row(b.*)::user_sanction order by a.id);
    when 'DELETE' then changed := array(
      select jsonb_populate_record(row(b.*)::user_sanction, jsonb_build_object('lifted_at', clock_timestamp()))
      from before b where b.lifted_at is null order by b.id);
  end case;
  if cardinality(changed) = 0 then return null; end if;

  streams := array(select user_stream(c.user_id) from unnest(changed) with ordinality as c order by c.ordinality);
  perform lock_streams(streams);
  perform settle_bars(array(
    select distinct user_id from unnest(changed) where kind in ('suspend', 'ban') and campaign_id is null));
  perform publish(streams, streams, array_fill('sanction:changed'::text, array[cardinality(changed)]),
    array(select sanction_document(c) from unnest(changed) c order by c.id));
  return null;
end
$$;

drop trigger if exists user_sanction_inserted on user_sanction;
create trigger user_sanction_inserted after insert on user_sanction
referencing new table as after
for each statement execute function user_sanction_changed();

drop trigger if exists user_sanction_updated on user_sanction;
create trigger user_sanction_updated after update on user_sanction
referencing old table as before new table as after
for each statement execute function user_sanction_changed();

drop trigger if exists user_sanction_deleted on user_sanction;
create trigger user_sanction_deleted after delete on user_sanction
referencing old table as before
for each statement execute function user_sanction_changed();

-- Of a truncated table nobody says whom it restricted: whoever was barred for it gets their streams back.
create or replace function user_sanction_truncated() returns trigger
language plpgsql
as $$
begin
  perform settle_bars(array(
    select user_id from user_access where reason = 'sanctioned' and barred_until is not null));
  return null;
end
$$;

drop trigger if exists user_sanction_truncated on user_sanction;
create trigger user_sanction_truncated after truncate on user_sanction
for each statement execute function user_sanction_truncated();
