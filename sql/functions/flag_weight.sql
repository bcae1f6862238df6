-- What a flag of this user weighs now, by what became of the earlier ones and how long there has been anything of them.
--   1     ordinary: fewer than three settled flags
--   0.25–1.5   by the share of settled flags that decisions agreed with; at 60 % it is 1
--   at most 0.5   of somebody whose first row is younger than new_hours
--   0     who was warned of flagging without cause, and went on (see warn_flaggers)
create or replace function flag_weight(flagger bigint, new_hours integer) returns numeric
language sql stable
as $$
  select case
    when r.warned_at is not null and r.disagreed >= 8 and r.agreed < 0.2 * (r.agreed + r.disagreed) then 0
    else least(
      case when is_new_flagger(flagger, new_hours) then 0.5 end,
      case when coalesce(r.agreed + r.disagreed, 0) < 3 then 1
        else round(0.25 + 1.25 * r.agreed / (r.agreed + r.disagreed), 2) end)
  end
  from (select flagger as id) u left join flagger_record r on r.user_id = u.id
$$;
