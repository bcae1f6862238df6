-- How many items each queue holds.
create or replace function moderation_queues_document() returns jsonb
language sql stable
as $$ select jsonb_object_agg(queue, items) from moderation_queue $$;
