-- A text without what may name a person: addresses of mail and web, names with an at sign, longer numbers.
create or replace function without_contacts(words text) returns text
language sql immutable parallel safe
as $$
  select regexp_replace(regexp_replace(regexp_replace(words,
    '\S*@\S+', '[…]', 'g'), '(https?://|www\.)\S+', '[…]', 'gi'), '\+?\d[\d ()/-]{5,}\d', '[…]', 'g')
$$;
