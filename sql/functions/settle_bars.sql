-- Takes the private streams of users who are suspended or banned everywhere from their sockets, and gives back those of the
-- others. Who asks for it says that something about these users has changed: a bar that was set by hand is none of ours.
create or replace function settle_bars(people bigint[]) returns void
language sql
as $$
  select bar_user(person, (
    select max(coalesce(s.until, 'infinity')) from user_sanction s
    where s.user_id = person and s.kind in ('suspend', 'ban') and s.campaign_id is null and sanction_holds(s)), 'sanctioned')
  from unnest(people) person order by person
$$;
