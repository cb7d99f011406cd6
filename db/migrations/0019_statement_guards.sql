-- The posting day of a bank line is told once, by the first statement that has it.
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
    SELECT p.code, EXISTS (SELECT 1 FROM events e WHERE e.donation_id = d.id AND e.kind = 'erasure') AS erased INTO gift
      FROM donations d LEFT JOIN pledges p ON p.id = d.pledge_id WHERE d.bank_transaction_id = OLD.id;
    IF NEW.memo <> coalesce(gift.code, '') OR (gift.erased IS NOT TRUE AND OLD.transacted_at > now() - interval '10 years') THEN
      RAISE EXCEPTION 'the memo of bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- A file goes one way: what was accepted is booked to its end, and nothing that was decided is decided again.
CREATE FUNCTION keep_statement_file() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.fund_id, NEW.format, NEW.bytes, NEW.idempotency_key, NEW.uploaded_by, NEW.uploaded_at)
    IS DISTINCT FROM (OLD.id, OLD.fund_id, OLD.format, OLD.bytes, OLD.idempotency_key, OLD.uploaded_by, OLD.uploaded_at) THEN
    RAISE EXCEPTION 'statement file % stays what was given', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND NOT (CASE OLD.state
    WHEN 'waiting' THEN NEW.state IN ('needs_mapping', 'comparing', 'refused', 'thrown_away')
    WHEN 'needs_mapping' THEN NEW.state IN ('waiting', 'thrown_away')
    WHEN 'comparing' THEN NEW.state IN ('read', 'thrown_away')
    WHEN 'read' THEN NEW.state IN ('accepted', 'thrown_away')
    WHEN 'refused' THEN NEW.state = 'thrown_away'
    WHEN 'accepted' THEN NEW.state = 'booked'
    ELSE false END) THEN
    RAISE EXCEPTION 'statement file % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.accepted_at IS NOT NULL AND (NEW.accepted_by, NEW.accepted_at, NEW.accepted_despite, NEW.lines_read)
    IS DISTINCT FROM (OLD.accepted_by, OLD.accepted_at, OLD.accepted_despite, OLD.lines_read) THEN
    RAISE EXCEPTION 'statement file % was accepted as it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'accepted' AND OLD.state = 'read' THEN
    IF NEW.lines_compared < NEW.lines_read
      OR EXISTS (SELECT 1 FROM statement_lines l WHERE l.file_id = NEW.id AND l.kind = 'unreadable')
      OR (NEW.accepted_despite IS NULL AND EXISTS (SELECT 1 FROM statement_lines l WHERE l.file_id = NEW.id AND l.kind = 'contradictory')) THEN
      RAISE EXCEPTION 'statement file % has lines that cannot be accepted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF NEW.state = 'booked' AND NEW.lines_booked < NEW.lines_read THEN
    RAISE EXCEPTION 'statement file % has lines that are not booked', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER one_way BEFORE UPDATE ON statement_files FOR EACH ROW EXECUTE FUNCTION keep_statement_file();
--> statement-breakpoint
CREATE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON statement_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- What stands in a file that was accepted stays as it stands; the memo alone may be forgotten.
CREATE FUNCTION keep_statement_content() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'statement_lines' THEN
    IF (to_jsonb(NEW) - '{memo,kind,problem,bank_transaction_id}'::text[]) <> (to_jsonb(OLD) - '{memo,kind,problem,bank_transaction_id}'::text[])
      OR NEW.memo NOT IN (OLD.memo, '') THEN
      RAISE EXCEPTION 'line % of statement file % stays as it was read', OLD.number, OLD.file_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.kind, NEW.problem, NEW.bank_transaction_id) IS NOT DISTINCT FROM (OLD.kind, OLD.problem, OLD.bank_transaction_id) THEN
      RETURN NEW;
    END IF;
  END IF;
  IF EXISTS (SELECT 1 FROM statement_files f WHERE f.id = OLD.file_id AND f.state IN ('accepted', 'booked')) THEN
    RAISE EXCEPTION 'statement file % was accepted as it is', OLD.file_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_read BEFORE UPDATE OR DELETE ON statement_lines FOR EACH ROW EXECUTE FUNCTION keep_statement_content();
--> statement-breakpoint
CREATE TRIGGER as_read BEFORE UPDATE OR DELETE ON statement_sections FOR EACH ROW EXECUTE FUNCTION keep_statement_content();
--> statement-breakpoint
CREATE TRIGGER as_read BEFORE UPDATE OR DELETE ON statement_days FOR EACH ROW EXECUTE FUNCTION keep_statement_content();
--> statement-breakpoint

-- A file tells of accounts of its own fund.
CREATE FUNCTION statement_of_own_fund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM statement_files f JOIN receiving_accounts a ON a.fund_id = f.fund_id
    WHERE f.id = NEW.file_id AND a.id = NEW.receiving_account_id AND a.approved_by IS NOT NULL) THEN
    RAISE EXCEPTION 'account % is none of the fund of statement file %', NEW.receiving_account_id, NEW.file_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER own_fund BEFORE INSERT ON statement_sections FOR EACH ROW EXECUTE FUNCTION statement_of_own_fund();
