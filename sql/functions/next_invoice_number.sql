-- The next number of an advertiser's invoices (of the campaign's, where it has no advertiser), without a gap: its row is
-- held until the invoice is committed, so a closing that fails gives its number back.
create or replace function next_invoice_number(p campaign_profile) returns text
language plpgsql
as $$
declare
  series text := coalesce('A' || p.advertiser_id, 'C' || p.id);
  n integer;
begin
  insert into invoice_number as s (scope, last) values (series, 1)
  on conflict (scope) do update set last = s.last + 1
  returning s.last into n;
  return format('%s-%s', series, lpad(n::text, greatest(6, length(n::text)), '0'));
end
$$;
