-- An invoice as HTTP and `invoice:updated` give it: every column.
create or replace function invoice_document(i campaign_invoices) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object(
    'id', i.id, 'campaignId', i.campaign_id, 'advertiserId', i.advertiser_id, 'brandId', i.brand_id,
    'invoiceNumber', i.invoice_number, 'invoiceType', i.invoice_type, 'status', i.status,
    'billingCycleNumber', i.billing_cycle_number, 'billingPeriodStart', iso(i.billing_period_start),
    'billingPeriodEnd', iso(i.billing_period_end), 'impressionsDelivered', i.impressions_delivered,
    'cpiRate', i.cpi_rate, 'amount', i.amount, 'depositAmount', i.deposit_amount,
    'outstandingAmount', i.outstanding_amount, 'discountAmount', i.discount_amount, 'taxAmount', i.tax_amount,
    'refundAmount', i.refund_amount, 'paymentTransactionId', i.payment_transaction_id,
    'paymentMethod', i.payment_method, 'paidAt', iso(i.paid_at), 'issuedAt', iso(i.issued_at), 'dueDate', iso(i.due_date),
    'invoicePdfUrl', i.invoice_pdf_url, 'notes', i.notes, 'createdAt', iso(i.created_at), 'updatedAt', iso(i.updated_at))
$$;
