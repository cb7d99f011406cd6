-- Cash and cheques taken at an office: receipts stay, and what is taken back is taken back by two people.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON office_receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cheque_returns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON cash_reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON cash_deposits FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON pledge_letters FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A receipt is for a pledge of its fund, kind and sum.
CREATE FUNCTION check_office_receipt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM pledges p WHERE p.id = NEW.pledge_id AND p.fund_id = NEW.fund_id AND p.method = NEW.kind AND p.amount_vnd = NEW.amount_vnd
  ) THEN
    RAISE EXCEPTION 'receipt % is not what its pledge says', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_its_pledge BEFORE INSERT ON office_receipts FOR EACH ROW EXECUTE FUNCTION check_office_receipt();
--> statement-breakpoint

-- What was given at an office stays what it was given for.
CREATE FUNCTION keep_office_pledge() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.fund_id, NEW.campaign_id, NEW.method, NEW.amount_vnd) IS DISTINCT FROM (OLD.fund_id, OLD.campaign_id, OLD.method, OLD.amount_vnd) THEN
    RAISE EXCEPTION 'pledge % was given at an office and stays so', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_given BEFORE UPDATE ON pledges FOR EACH ROW WHEN (OLD.method IN ('cash', 'cheque')) EXECUTE FUNCTION keep_office_pledge();
--> statement-breakpoint

-- Only a cheque is returned, and none whose money stands.
CREATE FUNCTION check_cheque_return() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM office_receipts o WHERE o.id = NEW.receipt_id AND o.kind = 'cheque' AND NOT EXISTS (
      SELECT 1 FROM donations d WHERE d.pledge_id = o.pledge_id
        AND NOT EXISTS (SELECT 1 FROM donation_reversals r WHERE r.donation_id = d.id AND r.restored_by_event_id IS NULL))
  ) THEN
    RAISE EXCEPTION 'receipt % is of no cheque that a bank can return', NEW.receipt_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_a_cheque BEFORE INSERT ON cheque_returns FOR EACH ROW EXECUTE FUNCTION check_cheque_return();
--> statement-breakpoint

-- Taking cash back begins as a request, for a receipt of cash, and is decided once.
CREATE FUNCTION keep_cash_reversal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'asked' OR NOT EXISTS (SELECT 1 FROM office_receipts o WHERE o.id = NEW.receipt_id AND o.kind = 'cash') THEN
      RAISE EXCEPTION 'cash is taken back by a request first' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'asked' OR (to_jsonb(NEW) - '{state,decided_by,decided_at,entry_id}'::text[])
    <> (to_jsonb(OLD) - '{state,decided_by,decided_at,entry_id}'::text[]) THEN
    RAISE EXCEPTION 'request % stays what was asked for and decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_asked BEFORE INSERT OR UPDATE ON cash_reversals FOR EACH ROW EXECUTE FUNCTION keep_cash_reversal();
--> statement-breakpoint

-- What was carried to the bank stays what was written down; it is withdrawn once, and never once the bank has it.
CREATE FUNCTION keep_cash_deposit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR (to_jsonb(NEW) - '{withdrawn_by,withdrawn_at}'::text[]) <> (to_jsonb(OLD) - '{withdrawn_by,withdrawn_at}'::text[])
    OR EXISTS (SELECT 1 FROM bank_decisions d WHERE d.cash_deposit_id = OLD.id AND d.undone_at IS NULL) THEN
    RAISE EXCEPTION 'deposit % stays what was carried to the bank', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_carried BEFORE UPDATE ON cash_deposits FOR EACH ROW EXECUTE FUNCTION keep_cash_deposit();
--> statement-breakpoint

-- A letter is what was written. Its words can be erased, and it is sent once.
CREATE FUNCTION keep_letter() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{words,sent_at}'::text[]) <> (to_jsonb(OLD) - '{words,sent_at}'::text[])
    OR (NEW.words IS DISTINCT FROM OLD.words AND NEW.words IS NOT NULL)
    OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at) THEN
    RAISE EXCEPTION 'letter % stays what was written', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_written BEFORE UPDATE ON pledge_letters FOR EACH ROW EXECUTE FUNCTION keep_letter();
--> statement-breakpoint

-- A decision is taken back once. What it is matched with is written down with it, once: cash that was carried to the bank as well.
CREATE OR REPLACE FUNCTION keep_bank_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{undone_by,undone_at,undone_reason,spend_payment_id,spend_refund_id,refund_id,cash_deposit_id}'::text[])
      <> (to_jsonb(OLD) - '{undone_by,undone_at,undone_reason,spend_payment_id,spend_refund_id,refund_id,cash_deposit_id}'::text[])
    OR OLD.undone_at IS NOT NULL
    OR ((NEW.spend_payment_id, NEW.spend_refund_id, NEW.refund_id, NEW.cash_deposit_id) IS DISTINCT FROM (OLD.spend_payment_id, OLD.spend_refund_id, OLD.refund_id, OLD.cash_deposit_id)
      AND (num_nonnulls(OLD.spend_payment_id, OLD.spend_refund_id, OLD.refund_id, OLD.cash_deposit_id) > 0 OR NEW.undone_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'decision % stays what was decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- A donation is what its bank line, its card payment or its receipt, and the ledger say: one posting of its amount, from the
-- account it came to, to its line. One that stands in the place of another comes from that one's line, and all that do
-- are no more than it was.
CREATE OR REPLACE FUNCTION check_donation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.bank_transaction_id IS NOT NULL AND NEW.replaces_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM postings p
      JOIN ledger_accounts credit ON credit.id = p.credit_account_id
      JOIN ledger_accounts debit ON debit.id = p.debit_account_id
      JOIN bank_transactions b ON b.id = NEW.bank_transaction_id
      JOIN receiving_accounts a ON a.id = b.receiving_account_id
      JOIN lines l ON l.id = NEW.line_id
    WHERE p.entry_id = NEW.entry_id AND p.amount = NEW.amount_vnd
      AND credit.line_id = NEW.line_id AND debit.receiving_account_id = a.id
      AND b.direction = 'in' AND b.amount_vnd = NEW.amount_vnd
      AND a.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
  ) OR NEW.card_payment_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM postings p
      JOIN ledger_accounts credit ON credit.id = p.credit_account_id
      JOIN ledger_accounts debit ON debit.id = p.debit_account_id
      JOIN card_payments c ON c.id = NEW.card_payment_id
      JOIN lines l ON l.id = NEW.line_id
    WHERE p.entry_id = NEW.entry_id AND p.amount = NEW.amount_vnd
      AND credit.line_id = NEW.line_id AND debit.kind = 'stripe_clearing'
      AND c.amount_vnd = NEW.amount_vnd
      AND c.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
  ) OR NEW.office_receipt_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM postings p
      JOIN ledger_accounts credit ON credit.id = p.credit_account_id
      JOIN ledger_accounts debit ON debit.id = p.debit_account_id
      JOIN office_receipts o ON o.id = NEW.office_receipt_id
      JOIN lines l ON l.id = NEW.line_id
    WHERE p.entry_id = NEW.entry_id AND p.amount = NEW.amount_vnd
      AND credit.line_id = NEW.line_id AND debit.kind = 'cash_box'
      AND o.kind = 'cash' AND o.amount_vnd = NEW.amount_vnd AND o.pledge_id = NEW.pledge_id
      AND o.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
  ) OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM postings p
      JOIN ledger_accounts credit ON credit.id = p.credit_account_id
      JOIN ledger_accounts debit ON debit.id = p.debit_account_id
      JOIN donations o ON o.id = NEW.replaces_id
      JOIN lines l ON l.id = NEW.line_id
    WHERE p.entry_id = NEW.entry_id AND p.amount = NEW.amount_vnd
      AND credit.line_id = NEW.line_id AND debit.line_id = o.line_id
      AND o.bank_transaction_id = NEW.bank_transaction_id AND o.received_at = NEW.received_at
      AND o.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
      AND EXISTS (SELECT 1 FROM donation_reversals r WHERE r.donation_id = o.id AND r.restored_by_event_id IS NULL)
      AND o.amount_vnd >= (SELECT sum(d.amount_vnd) FROM donations d WHERE d.replaces_id = o.id
        AND NOT EXISTS (SELECT 1 FROM donation_reversals r WHERE r.donation_id = d.id AND r.restored_by_event_id IS NULL))
  ) OR EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND fund_id <> NEW.fund_id) THEN
    RAISE EXCEPTION 'donation % is not what its source and entry % say', NEW.id, NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
