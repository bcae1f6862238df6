-- What stands beside nothing goes, as the foreign keys would have it. (Invoices keep their refunds and credit notes.)
delete from invoice_impression c where not exists (select from campaign_impressions i where i.id = c.impression_id);
delete from invoice_credit c where not exists (select from campaign_impressions i where i.id = c.impression_id);
alter table invoice_impression add constraint a_charge_belongs_to_an_impression foreign key (impression_id)
  references campaign_impressions (id) on delete cascade;
alter table invoice_credit add constraint a_credit_belongs_to_an_impression foreign key (impression_id)
  references campaign_impressions (id) on delete cascade;
