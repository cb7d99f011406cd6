-- Days close in order, each from where the one before it ended, with all lines up to it and what they come to. Those that are
-- closed together are looked at together, when their transaction ends.
CREATE OR REPLACE FUNCTION check_day_close() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE earlier day_closes;
BEGIN
  SELECT * INTO earlier FROM day_closes WHERE receiving_account_id = NEW.receiving_account_id AND day < NEW.day ORDER BY day DESC LIMIT 1;
  IF earlier.closing_vnd <> NEW.opening_vnd OR earlier.id > NEW.id
    OR EXISTS (SELECT 1 FROM day_closes c WHERE c.receiving_account_id = NEW.receiving_account_id AND c.day > NEW.day AND c.id < NEW.id)
  THEN
    RAISE EXCEPTION 'the close of % does not follow that of %', NEW.day, earlier.day USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  -- What no close counted is looked for once, with the last day.
  IF (NEW.lines_in, NEW.sum_in_vnd, NEW.lines_out, NEW.sum_out_vnd) <> (
    SELECT count(*) FILTER (WHERE direction = 'in'), coalesce(sum(amount_vnd) FILTER (WHERE direction = 'in'), 0),
        count(*) FILTER (WHERE direction = 'out'), coalesce(sum(amount_vnd) FILTER (WHERE direction = 'out'), 0)
      FROM day_close_lines l JOIN bank_transactions b ON b.id = l.bank_transaction_id WHERE l.close_id = NEW.id
  ) OR (
    NOT EXISTS (SELECT 1 FROM day_closes c WHERE c.receiving_account_id = NEW.receiving_account_id AND c.day > NEW.day)
    AND EXISTS (
      SELECT 1 FROM bank_transactions b WHERE b.receiving_account_id = NEW.receiving_account_id AND b.posted_on <= NEW.day
        AND b.state <> 'duplicate' AND NOT EXISTS (SELECT 1 FROM day_close_lines l WHERE l.bank_transaction_id = b.id)
    )
  ) THEN
    RAISE EXCEPTION 'the close of % is not what its lines come to', NEW.day USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
