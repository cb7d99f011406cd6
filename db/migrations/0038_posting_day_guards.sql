-- The posting day of a line as a person confirmed it: written once, and gone from the line with the decision alone.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_posting_days FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- It is that of a line that was said to be the same one.
CREATE FUNCTION check_posting_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM bank_decisions d JOIN bank_transactions told ON told.id = NEW.told_by_id
    WHERE d.id = NEW.decision_id AND d.kind = 'same' AND d.undone_at IS NULL AND told.state = 'duplicate'
      AND told.duplicate_of_id = NEW.bank_transaction_id AND told.posted_on = NEW.posted_on
  ) THEN
    RAISE EXCEPTION 'line % does not tell the posting day of line %', NEW.told_by_id, NEW.bank_transaction_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_told BEFORE INSERT ON bank_posting_days FOR EACH ROW EXECUTE FUNCTION check_posting_day();
--> statement-breakpoint

-- What was decided before posting days were carried over.
INSERT INTO bank_posting_days (decision_id, bank_transaction_id, told_by_id, posted_on)
  SELECT d.id, told.duplicate_of_id, told.id, told.posted_on
  FROM bank_decisions d JOIN bank_decision_lines l ON l.decision_id = d.id JOIN bank_transactions told ON told.id = l.bank_transaction_id
  WHERE d.kind = 'same' AND d.undone_at IS NULL AND told.state = 'duplicate' AND told.posted_on IS NOT NULL;
--> statement-breakpoint
UPDATE bank_transactions line SET posted_on = (SELECT p.posted_on FROM bank_posting_days p WHERE p.bank_transaction_id = line.id ORDER BY p.decision_id LIMIT 1)
  WHERE line.posted_on IS NULL AND EXISTS (SELECT 1 FROM bank_posting_days p WHERE p.bank_transaction_id = line.id);
--> statement-breakpoint

-- As before (0029), and: a posting day that a person confirmed goes when that is taken back, to what another one confirms,
-- unless a statement tells of the line by itself or a day was closed with it.
CREATE OR REPLACE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gift record;
BEGIN
  IF (to_jsonb(NEW) - '{state,reason,duplicate_of_id,memo,posted_on}'::text[])
    <> (to_jsonb(OLD) - '{state,reason,duplicate_of_id,memo,posted_on}'::text[]) THEN
    RAISE EXCEPTION 'bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.posted_on IS NOT NULL AND NEW.posted_on IS DISTINCT FROM OLD.posted_on AND (
    EXISTS (SELECT 1 FROM day_close_lines c WHERE c.bank_transaction_id = OLD.id)
    OR EXISTS (SELECT 1 FROM bank_notices n WHERE n.bank_transaction_id = OLD.id AND n.provider = 'statement')
    OR NOT EXISTS (SELECT 1 FROM bank_posting_days p JOIN bank_decisions d ON d.id = p.decision_id
      WHERE p.bank_transaction_id = OLD.id AND p.posted_on = OLD.posted_on AND d.undone_at IS NOT NULL)
    OR NEW.posted_on IS DISTINCT FROM (SELECT p.posted_on FROM bank_posting_days p JOIN bank_decisions d ON d.id = p.decision_id
      WHERE p.bank_transaction_id = OLD.id AND d.undone_at IS NULL ORDER BY p.decision_id LIMIT 1)
  ) THEN
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
