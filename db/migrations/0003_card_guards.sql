-- Gifts by card, and money that goes out of a line: what the tables cannot say by themselves.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON card_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON card_movements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON line_uses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON line_takeovers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A donation is what its bank line, or its card payment, and the ledger say: one posting of its amount, from the
-- account it came to, to its line.
CREATE OR REPLACE FUNCTION check_donation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.card_payment_id IS NULL AND NOT EXISTS (
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
  ) OR EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND fund_id <> NEW.fund_id) THEN
    RAISE EXCEPTION 'donation % is not what its source and entry % say', NEW.id, NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- No đồng is given twice, and none before it came: a stretch lies within what its line received, clear of every other.
CREATE FUNCTION check_line_use() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Whoever gives from a line holds its lock; what is checked here cannot change under a writer that forgot it.
  PERFORM pg_advisory_xact_lock(1952738414, NEW.line_id);
  IF NEW.start_vnd < (
    SELECT u.end_vnd FROM line_uses u WHERE u.line_id = NEW.line_id AND u.start_vnd < NEW.end_vnd ORDER BY u.start_vnd DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'đồng % to % of line % are given already', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM intervals i WHERE i.line_id = NEW.line_id AND i.end_vnd >= NEW.end_vnd) THEN
    RAISE EXCEPTION 'line % has not received đồng %', NEW.line_id, NEW.end_vnd USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER given_once BEFORE INSERT ON line_uses FOR EACH ROW EXECUTE FUNCTION check_line_use();
--> statement-breakpoint

-- A hold stays what it was; it ends once.
CREATE FUNCTION keep_line_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - 'ended_by_event_id') <> (to_jsonb(OLD) - 'ended_by_event_id') OR OLD.ended_by_event_id IS NOT NULL THEN
    RAISE EXCEPTION 'a hold on line % stays as it was laid', OLD.line_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_held BEFORE UPDATE ON line_holds FOR EACH ROW EXECUTE FUNCTION keep_line_hold();
--> statement-breakpoint

-- A payout that the bank told of stays matched, and none carries another sum than Stripe said.
CREATE FUNCTION keep_card_payout() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{state,arrives_on,bank_transaction_id}'::text[]) <> (to_jsonb(OLD) - '{state,arrives_on,bank_transaction_id}'::text[])
    OR (OLD.bank_transaction_id IS NOT NULL AND NEW.bank_transaction_id IS DISTINCT FROM OLD.bank_transaction_id) THEN
    RAISE EXCEPTION 'payout % stays as it was told', OLD.stripe_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_told BEFORE UPDATE ON card_payouts FOR EACH ROW EXECUTE FUNCTION keep_card_payout();
