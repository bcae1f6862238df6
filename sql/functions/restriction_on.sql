-- The gravest sanction of these kinds that keeps this user from writing in this campaign (see restricted_writes), or null.
create or replace function restriction_on(person bigint, campaign bigint, kinds text[]) returns write_answer
language sql stable
as $$ select (restricted_writes(array[0], array[person], array[campaign], kinds))[1] $$;
