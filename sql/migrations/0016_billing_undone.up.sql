-- 0016: what billing has to remember of what was undone, so that whoever undoes it leaves the books right.

-- The invoice that a credit note takes something back of. (invoice_credit says which charges; its rows go with their
-- impressions, and the note is still that invoice's.)
create table credit_note (
  credit_note_id bigint not null,
  invoice_id bigint not null,
  constraint a_credit_note_is_of_one_invoice primary key (credit_note_id),
  constraint a_credit_note_is_an_invoice foreign key (credit_note_id) references campaign_invoices (id) on delete cascade,
  constraint a_credit_note_belongs_to_an_invoice foreign key (invoice_id) references campaign_invoices (id) on delete cascade
);
create index credit_note_by_invoice on credit_note (invoice_id);
insert into credit_note (credit_note_id, invoice_id) select distinct credit_note_id, invoice_id from invoice_credit;

-- What a void invoice charged until it was void. The impressions themselves are free, and may be gone.
create table invoice_release (
  invoice_id bigint not null,
  impression_id bigint not null,
  constraint a_void_invoice_released_an_impression_once primary key (invoice_id, impression_id),
  constraint a_release_belongs_to_an_invoice foreign key (invoice_id) references campaign_invoices (id) on delete cascade
);

-- What of a deposit a settlement gave back: undone with the settlement.
create table deposit_refund (
  settlement_id bigint not null,
  deposit_id bigint not null,
  refund numeric(14, 2) not null,
  constraint a_settlement_refunds_a_deposit_once primary key (settlement_id, deposit_id),
  constraint a_deposit_refund_belongs_to_a_settlement foreign key (settlement_id)
    references campaign_invoices (id) on delete cascade,
  constraint a_deposit_refund_belongs_to_a_deposit foreign key (deposit_id)
    references campaign_invoices (id) on delete cascade
);
create index deposit_refund_by_deposit on deposit_refund (deposit_id);

-- Verdicts that were deleted in the statement that also deletes their impression, until its triggers have run: the
-- impression is then uncounted as what it was. Empty at every commit.
create table verdict_gone (
  impression_id bigint not null,
  class text not null,
  gone_in xid8 not null default pg_current_xact_id(),
  constraint a_verdict_goes_once primary key (impression_id)
);

-- The next cycle's number, without reading every invoice of the campaign.
create index campaign_invoices_by_cycle on campaign_invoices (campaign_id, billing_cycle_number);
