-- A charge and a credit say what was billed, also of an impression that another program deletes: it is credited then, and
-- the credit stays. The foreign keys took both away with the impression, unseen, and were checked row by row in every
-- closing. The triggers of campaign_impressions guard the reference now, a statement at a time, and audit finds a charge
-- that stands beside nothing.
alter table invoice_impression drop constraint a_charge_belongs_to_an_impression;
alter table invoice_credit drop constraint a_credit_belongs_to_an_impression;
