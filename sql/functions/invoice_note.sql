-- What a notification says of an invoice. Money as exact decimals.
create or replace function invoice_note(i campaign_invoices) returns jsonb
language sql stable
as $$
  select jsonb_build_object('invoiceId', i.id, 'invoiceNumber', i.invoice_number, 'invoiceType', i.invoice_type,
    'status', i.status, 'amount', i.amount, 'outstandingAmount', i.outstanding_amount, 'dueDate', iso(i.due_date))
$$;
