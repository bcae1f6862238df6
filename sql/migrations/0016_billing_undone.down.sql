-- What undone billing remembers is lost; invoices, charges and credits stay as they are.
drop index campaign_invoices_by_cycle;
drop table verdict_gone, deposit_refund, invoice_release, credit_note;
