-- Back to nothing. These four tables are the truth of the platform, and on an adopted database they were there before
-- us: dropping them over rows is never a rollback, so it refuses, and there is no flag to say otherwise.

-- guard: the runner asks this before it changes anything, and again here.
do $$
declare
  row_count bigint;
begin
  select (select count(*) from campaign_profile)
    + (select count(*) from campaign_invoices)
    + (select count(*) from campaign_impressions)
    + (select count(*) from campaign_media)
    into row_count;
  if row_count > 0 then
    raise exception 'Rolling back 0001 would drop the campaign tables with % rows. Empty them yourself if you mean it.', row_count;
  end if;
end
$$;

drop table campaign_media;
drop table campaign_impressions;
drop table campaign_invoices;
drop table campaign_profile;

-- What the rollback of 0002 may have set aside.
drop table if exists campaign_invoices_billing_backup;
