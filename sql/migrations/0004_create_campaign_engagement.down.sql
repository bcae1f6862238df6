-- Back to a platform without engagement. The rows are what people made and no other table holds them, so this refuses
-- while there are any. `migrate down --discard-engagement` sets pulse.discard_engagement, which says: drop them.

-- guard: the runner asks this before it changes anything, from however far above it comes, and again here.
do $$
declare
  row_count bigint;
begin
  if current_setting('pulse.discard_engagement', true) = 'on' then
    return;
  end if;
  select count(*) into row_count from campaign_engagement;
  if row_count > 0 then
    raise exception 'Rolling back 0004 would drop % rows of campaign_engagement that people made. Say --discard-engagement to drop them.', row_count;
  end if;
end
$$;

do $$
declare
  row_count bigint;
begin
  select count(*) into row_count from campaign_engagement;
  if row_count > 0 then
    raise warning '% rows of campaign_engagement are dropped', row_count;
  end if;
end
$$;

drop function if exists get_campaign_engagement_counts(bigint);
drop function if exists has_user_engaged(bigint, bigint, text);
drop table campaign_engagement;
