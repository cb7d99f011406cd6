-- The guard of donations as before, one source after the other: in one expression, all tables of all sources were opened
-- for each gift. OFFSET 0 keeps to the postings of the entry: where nothing is known of how many there are, PostgreSQL
-- looked through all that a line had ever received as well, and work grew with history.
CREATE OR REPLACE FUNCTION check_donation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  is_so boolean := true;
BEGIN
  IF NEW.bank_transaction_id IS NOT NULL AND NEW.replaces_id IS NULL THEN
    is_so := is_so AND EXISTS (
      SELECT 1 FROM (SELECT * FROM postings WHERE entry_id = NEW.entry_id OFFSET 0) p
        JOIN ledger_accounts credit ON credit.id = p.credit_account_id
        JOIN ledger_accounts debit ON debit.id = p.debit_account_id
        JOIN bank_transactions b ON b.id = NEW.bank_transaction_id
        JOIN receiving_accounts a ON a.id = b.receiving_account_id
        JOIN lines l ON l.id = NEW.line_id
      WHERE p.amount = NEW.amount_vnd
        AND credit.line_id = NEW.line_id AND debit.receiving_account_id = a.id
        AND b.direction = 'in' AND b.amount_vnd = NEW.amount_vnd
        AND a.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
    );
  END IF;
  IF NEW.card_payment_id IS NOT NULL THEN
    is_so := is_so AND EXISTS (
      SELECT 1 FROM (SELECT * FROM postings WHERE entry_id = NEW.entry_id OFFSET 0) p
        JOIN ledger_accounts credit ON credit.id = p.credit_account_id
        JOIN ledger_accounts debit ON debit.id = p.debit_account_id
        JOIN card_payments c ON c.id = NEW.card_payment_id
        JOIN lines l ON l.id = NEW.line_id
      WHERE p.amount = NEW.amount_vnd
        AND credit.line_id = NEW.line_id AND debit.kind = 'stripe_clearing'
        AND c.amount_vnd = NEW.amount_vnd
        AND c.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
    );
  END IF;
  IF NEW.office_receipt_id IS NOT NULL THEN
    is_so := is_so AND EXISTS (
      SELECT 1 FROM (SELECT * FROM postings WHERE entry_id = NEW.entry_id OFFSET 0) p
        JOIN ledger_accounts credit ON credit.id = p.credit_account_id
        JOIN ledger_accounts debit ON debit.id = p.debit_account_id
        JOIN office_receipts o ON o.id = NEW.office_receipt_id
        JOIN lines l ON l.id = NEW.line_id
      WHERE p.amount = NEW.amount_vnd
        AND credit.line_id = NEW.line_id AND debit.kind = 'cash_box'
        AND o.kind = 'cash' AND o.amount_vnd = NEW.amount_vnd AND o.pledge_id = NEW.pledge_id
        AND o.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
    );
  END IF;
  IF NEW.replaces_id IS NOT NULL THEN
    is_so := is_so AND EXISTS (
      SELECT 1 FROM (SELECT * FROM postings WHERE entry_id = NEW.entry_id OFFSET 0) p
        JOIN ledger_accounts credit ON credit.id = p.credit_account_id
        JOIN ledger_accounts debit ON debit.id = p.debit_account_id
        JOIN donations o ON o.id = NEW.replaces_id
        JOIN lines l ON l.id = NEW.line_id
      WHERE p.amount = NEW.amount_vnd
        AND credit.line_id = NEW.line_id AND debit.line_id = o.line_id
        AND o.bank_transaction_id = NEW.bank_transaction_id AND o.received_at = NEW.received_at
        AND o.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
        AND EXISTS (SELECT 1 FROM donation_reversals r WHERE r.donation_id = o.id AND r.restored_by_event_id IS NULL)
        AND o.amount_vnd >= (SELECT sum(d.amount_vnd) FROM donations d WHERE d.replaces_id = o.id
          AND NOT EXISTS (SELECT 1 FROM donation_reversals r WHERE r.donation_id = d.id AND r.restored_by_event_id IS NULL))
    );
  END IF;
  IF NEW.pledge_id IS NOT NULL THEN
    is_so := is_so AND NOT EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND fund_id <> NEW.fund_id);
  END IF;
  IF NOT is_so THEN
    RAISE EXCEPTION 'donation % is not what its source and entry % say', NEW.id, NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
