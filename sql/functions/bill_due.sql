drop function if exists bill_due(bigint);
-- Bills what a campaign that was noted has to be billed: whole cycles, twenty at most or one large one, so that others have
-- their turn; or, of one that is over, its settlement, and what was freed or became valid since. What was done, or null. A
-- campaign that another node is billing is left to it. What is still due afterwards is noted again.
--   most: impressions that one closing may charge (null: closing_bound); more are closed in several cycles, also before a settlement
create or replace function bill_due(campaign bigint, most bigint default null) returns text
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  p campaign_profile;
  done text;
  left_over integer := 20;
begin
  most := coalesce(most, closing_bound());
  if not pg_try_advisory_xact_lock(hashtext('bill_due'), (campaign % 2147483647)::integer) then return null; end if;
  -- The profile alone: the closing locks the stream when it writes its invoice.
  perform lock_tables();
  select * into p from campaign_profile where id = campaign for no key update;
  if campaign_status(p) in ('ended', 'cancelled') then
    if has_unbilled(campaign, most + 1) or (has_settlement(campaign) and has_unbilled(campaign, 1)) then
      perform close_billing(campaign, 'cycle', most);
      done := 'billed';
    elsif not has_settlement(campaign) then
      perform move_invoice(id, 'void', null, null) from campaign_invoices
      where campaign_id = campaign and invoice_type = 'deposit' and status = 'open';
      if (close_billing(campaign, 'final_settlement')).id is not null then done := 'settled'; end if;
      -- The void deposit noted the campaign again, whose turn this was.
      perform lock_billing(array[campaign]);
      delete from billing_due where campaign_id = campaign;
      return done;
    end if;
  elsif p.billing_frequency > 0 then
    while left_over > 0 and has_unbilled(campaign, p.billing_frequency) loop
      perform close_billing(campaign, 'cycle', least(p.billing_frequency, most));
      done := 'billed';
      left_over := case when p.billing_frequency > 1000 then 0 else left_over - 1 end;
    end loop;
  end if;
  -- Counted and noted under the stream, as whoever notes it.
  perform lock_billing(array[campaign]);
  delete from billing_due where campaign_id = campaign;
  if done is not null then
    perform note_billing_due(p, c.impressions) from campaign_counters c where c.campaign_id = campaign;
  end if;
  return done;
end
$$;
