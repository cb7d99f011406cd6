-- What people say of bank lines, and days that are closed: history stays, and what is closed adds up.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decision_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_decision_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON day_closes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON day_close_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON bank_decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON bank_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON donation_reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A decision is taken back once. What it is matched with is written down with it, once.
CREATE FUNCTION keep_bank_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{undone_by,undone_at,undone_reason,spend_payment_id,spend_refund_id,refund_id}'::text[])
      <> (to_jsonb(OLD) - '{undone_by,undone_at,undone_reason,spend_payment_id,spend_refund_id,refund_id}'::text[])
    OR OLD.undone_at IS NOT NULL
    OR ((NEW.spend_payment_id, NEW.spend_refund_id, NEW.refund_id) IS DISTINCT FROM (OLD.spend_payment_id, OLD.spend_refund_id, OLD.refund_id)
      AND (num_nonnulls(OLD.spend_payment_id, OLD.spend_refund_id, OLD.refund_id) > 0 OR NEW.undone_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'decision % stays what was decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_decided BEFORE UPDATE ON bank_decisions FOR EACH ROW EXECUTE FUNCTION keep_bank_decision();
--> statement-breakpoint

-- A rule stays what was shown; it is retired once.
CREATE FUNCTION keep_bank_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{retired_by,retired_at}'::text[]) <> (to_jsonb(OLD) - '{retired_by,retired_at}'::text[]) OR OLD.retired_at IS NOT NULL THEN
    RAISE EXCEPTION 'rule % stays as it was made', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_made BEFORE UPDATE ON bank_rules FOR EACH ROW EXECUTE FUNCTION keep_bank_rule();
--> statement-breakpoint

-- A donation that was reversed is restored once.
CREATE FUNCTION keep_donation_reversal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - 'restored_by_event_id') <> (to_jsonb(OLD) - 'restored_by_event_id') OR OLD.restored_by_event_id IS NOT NULL THEN
    RAISE EXCEPTION 'the reversal of donation % stays', OLD.donation_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_reversed BEFORE UPDATE ON donation_reversals FOR EACH ROW EXECUTE FUNCTION keep_donation_reversal();
--> statement-breakpoint

-- A donation is what its bank line, or its card payment, and the ledger say: one posting of its amount, from the
-- account it came to, to its line. One that stands in the place of another comes from that one's line, and all that do
-- are no more than it was.
CREATE OR REPLACE FUNCTION check_donation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.card_payment_id IS NULL AND NEW.replaces_id IS NULL AND NOT EXISTS (
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
--> statement-breakpoint

-- What a bank told stays as it was told; only what people make of it may change. Of the memo nothing but the codes need
-- be left: of a gift whose donor was erased, and of any line after ten years.
CREATE OR REPLACE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gift record;
BEGIN
  IF (to_jsonb(NEW) - '{state,reason,duplicate_of_id,memo,posted_on}'::text[])
    <> (to_jsonb(OLD) - '{state,reason,duplicate_of_id,memo,posted_on}'::text[]) THEN
    RAISE EXCEPTION 'bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.posted_on IS NOT NULL AND NEW.posted_on IS DISTINCT FROM OLD.posted_on THEN
    RAISE EXCEPTION 'the posting day of bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.memo <> OLD.memo THEN
    SELECT string_agg(DISTINCT p.code, ' ' ORDER BY p.code) AS codes,
        bool_or(EXISTS (SELECT 1 FROM events e WHERE e.donation_id = d.id AND e.kind = 'erasure')) AS erased INTO gift
      FROM donations d LEFT JOIN pledges p ON p.id = d.pledge_id WHERE d.bank_transaction_id = OLD.id;
    IF NEW.memo <> coalesce(gift.codes, '') OR (gift.erased IS NOT TRUE AND OLD.transacted_at > now() - interval '10 years') THEN
      RAISE EXCEPTION 'the memo of bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- A refund is paid by Stripe, or by a line of the bank, and says once by which entry.
CREATE OR REPLACE FUNCTION keep_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'requested' OR NEW.claimed_until IS NOT NULL THEN
      RAISE EXCEPTION 'a refund begins as a request' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (to_jsonb(NEW) - '{state,decided_by,decided_at,stripe_id,entry_id,refusal,withdrawn_by,claimed_until}'::text[])
      <> (to_jsonb(OLD) - '{state,decided_by,decided_at,stripe_id,entry_id,refusal,withdrawn_by,claimed_until}'::text[])
    OR (OLD.state <> 'requested' AND (NEW.decided_by, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by, OLD.decided_at))
    OR (OLD.stripe_id IS NOT NULL AND NEW.stripe_id IS DISTINCT FROM OLD.stripe_id)
    OR (OLD.entry_id IS NOT NULL AND NEW.entry_id IS DISTINCT FROM OLD.entry_id)
    OR (NEW.claimed_until IS DISTINCT FROM OLD.claimed_until AND OLD.state <> 'approved')
    OR (NEW.state = OLD.state AND (to_jsonb(NEW) - 'claimed_until') <> (to_jsonb(OLD) - 'claimed_until')) THEN
    RAISE EXCEPTION 'refund % stays what was asked for and decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('requested', 'approved'), ('requested', 'rejected'), ('approved', 'sent'), ('approved', 'failed'), ('approved', 'withdrawn'), ('sent', 'failed')
  ) THEN
    RAISE EXCEPTION 'refund % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

--> statement-breakpoint

-- A close counts lines of its account that the bank booked on its day, or before where nobody knew of them; each once,
-- known for what it is, and in the transaction of the close: a closed day does not change.
CREATE FUNCTION check_day_close_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM day_closes c JOIN bank_transactions b ON b.id = NEW.bank_transaction_id
    WHERE c.id = NEW.close_id AND c.receiving_account_id = b.receiving_account_id AND b.posted_on <= c.day
      AND b.state IN ('placed', 'unplaced', 'to_return', 'payout', 'settled') AND c.xmin::text = (pg_current_xact_id()::xid)::text
  ) THEN
    RAISE EXCEPTION 'bank line % is not one of close %', NEW.bank_transaction_id, NEW.close_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_its_close BEFORE INSERT ON day_close_lines FOR EACH ROW EXECUTE FUNCTION check_day_close_line();
--> statement-breakpoint

-- Days close in order, each from where the one before it ended, with all lines up to it and what they come to.
CREATE FUNCTION check_day_close() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE earlier day_closes;
BEGIN
  SELECT * INTO earlier FROM day_closes WHERE receiving_account_id = NEW.receiving_account_id AND id <> NEW.id ORDER BY day DESC LIMIT 1;
  IF earlier.day >= NEW.day OR earlier.closing_vnd <> NEW.opening_vnd THEN
    RAISE EXCEPTION 'the close of % does not follow that of %', NEW.day, earlier.day USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (NEW.lines_in, NEW.sum_in_vnd, NEW.lines_out, NEW.sum_out_vnd) <> (
    SELECT count(*) FILTER (WHERE direction = 'in'), coalesce(sum(amount_vnd) FILTER (WHERE direction = 'in'), 0),
        count(*) FILTER (WHERE direction = 'out'), coalesce(sum(amount_vnd) FILTER (WHERE direction = 'out'), 0)
      FROM day_close_lines l JOIN bank_transactions b ON b.id = l.bank_transaction_id WHERE l.close_id = NEW.id
  ) OR EXISTS (
    SELECT 1 FROM bank_transactions b WHERE b.receiving_account_id = NEW.receiving_account_id AND b.posted_on <= NEW.day
      AND b.state <> 'duplicate' AND NOT EXISTS (SELECT 1 FROM day_close_lines l WHERE l.bank_transaction_id = b.id)
  ) THEN
    RAISE EXCEPTION 'the close of % is not what its lines come to', NEW.day USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON day_closes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_day_close();
--> statement-breakpoint

-- A line that was counted in a close is none of two: it stays a line.
CREATE FUNCTION keep_closed_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM day_close_lines l WHERE l.bank_transaction_id = NEW.id) THEN
    RAISE EXCEPTION 'bank line % is in a day that is closed', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_closed_day BEFORE UPDATE ON bank_transactions FOR EACH ROW
  WHEN (NEW.state IN ('duplicate', 'possible_duplicate') AND NEW.state <> OLD.state) EXECUTE FUNCTION keep_closed_line();
