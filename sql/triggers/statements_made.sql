-- With each decision that restricts comes its statement of reasons, as things are when it is made, whoever appended it.
create or replace function statements_made() returns trigger
language plpgsql
as $$
begin
  insert into moderation_statement (id, document)
  select a.id, s.document
  from after a, lateral (select statement_of_reasons(row(a.*)::moderation_log) as document) s
  where s.document is not null;
  return null;
end
$$;

drop trigger if exists statements_made on moderation_log;
create trigger statements_made after insert on moderation_log
referencing new table as after
for each statement execute function statements_made();
