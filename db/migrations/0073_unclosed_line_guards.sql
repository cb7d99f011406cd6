-- Which lines of an account no close counted is kept beside them, by these triggers alone and with the rights of whoever owns
-- the tables: closing a day looks at what came since the last one and at what came late, and never at all that was before.
CREATE FUNCTION keep_unclosed_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM unclosed_lines u WHERE u.receiving_account_id = OLD.receiving_account_id AND u.posted_on = OLD.posted_on
      AND u.bank_transaction_id = OLD.id;
  END IF;
  IF NEW.receiving_account_id IS NOT NULL AND NEW.posted_on IS NOT NULL AND NEW.state <> 'duplicate'
    AND NOT EXISTS (SELECT 1 FROM day_close_lines l WHERE l.bank_transaction_id = NEW.id)
  THEN
    INSERT INTO unclosed_lines (receiving_account_id, posted_on, bank_transaction_id) VALUES (NEW.receiving_account_id, NEW.posted_on, NEW.id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER to_be_closed AFTER INSERT ON bank_transactions FOR EACH ROW
  WHEN (NEW.receiving_account_id IS NOT NULL AND NEW.posted_on IS NOT NULL AND NEW.state <> 'duplicate') EXECUTE FUNCTION keep_unclosed_line();
--> statement-breakpoint
CREATE TRIGGER to_be_closed_otherwise AFTER UPDATE OF receiving_account_id, posted_on, state ON bank_transactions FOR EACH ROW
  WHEN ((OLD.receiving_account_id, OLD.posted_on, OLD.state = 'duplicate') IS DISTINCT FROM (NEW.receiving_account_id, NEW.posted_on, NEW.state = 'duplicate'))
  EXECUTE FUNCTION keep_unclosed_line();
--> statement-breakpoint
CREATE FUNCTION forget_unclosed_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE line record;
BEGIN
  SELECT b.receiving_account_id AS account, b.posted_on AS day INTO line FROM bank_transactions b WHERE b.id = NEW.bank_transaction_id;
  DELETE FROM unclosed_lines u WHERE u.receiving_account_id = line.account AND u.posted_on = line.day AND u.bank_transaction_id = NEW.bank_transaction_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER closed AFTER INSERT ON day_close_lines FOR EACH ROW EXECUTE FUNCTION forget_unclosed_line();
--> statement-breakpoint

-- What there is already.
INSERT INTO unclosed_lines (receiving_account_id, posted_on, bank_transaction_id)
  SELECT b.receiving_account_id, b.posted_on, b.id FROM bank_transactions b
  WHERE b.receiving_account_id IS NOT NULL AND b.posted_on IS NOT NULL AND b.state <> 'duplicate'
    AND NOT EXISTS (SELECT 1 FROM day_close_lines l WHERE l.bank_transaction_id = b.id);
--> statement-breakpoint

-- As before (0070), but each close looks at its two neighbours and at its own lines, and the last one at what is unclosed:
-- however many days and lines were before.
CREATE OR REPLACE FUNCTION check_day_close() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  earlier day_closes;
  later day_closes;
BEGIN
  SELECT * INTO earlier FROM day_closes WHERE receiving_account_id = NEW.receiving_account_id AND day < NEW.day ORDER BY day DESC LIMIT 1;
  SELECT * INTO later FROM day_closes WHERE receiving_account_id = NEW.receiving_account_id AND day > NEW.day ORDER BY day LIMIT 1;
  IF earlier.closing_vnd <> NEW.opening_vnd OR earlier.id > NEW.id OR later.id < NEW.id THEN
    RAISE EXCEPTION 'the close of % does not follow that of %', NEW.day, earlier.day USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  -- What no close counted is looked for once, with the last day.
  IF (NEW.lines_in, NEW.sum_in_vnd, NEW.lines_out, NEW.sum_out_vnd) <> (
    -- A fence, so that each line is looked up: what plan suits many at once would be kept for the next close.
    SELECT count(*) FILTER (WHERE direction = 'in'), coalesce(sum(amount_vnd) FILTER (WHERE direction = 'in'), 0),
        count(*) FILTER (WHERE direction = 'out'), coalesce(sum(amount_vnd) FILTER (WHERE direction = 'out'), 0)
      FROM day_close_lines l CROSS JOIN LATERAL (SELECT * FROM bank_transactions b WHERE b.id = l.bank_transaction_id OFFSET 0) b WHERE l.close_id = NEW.id
  ) OR (later.id IS NULL AND EXISTS (SELECT 1 FROM unclosed_lines u WHERE u.receiving_account_id = NEW.receiving_account_id AND u.posted_on <= NEW.day))
  THEN
    RAISE EXCEPTION 'the close of % is not what its lines come to', NEW.day USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
