-- What is lost: which impressions stand on which invoice, milestones and alert rules. Invoices and balances stay.
drop table alert_sample, alert_rule, campaign_milestone, low_balance, billing_due, invoice_number, campaign_billing, invoice_credit,
  invoice_impression;
delete from live_outbox where stream like 'advertiser:%';
delete from live_event where stream like 'advertiser:%';
delete from live_stream where stream like 'advertiser:%';
alter table live_stream drop column dormant;
