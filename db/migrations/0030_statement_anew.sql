-- A file that is read is compared anew once another of the same days was accepted.
CREATE OR REPLACE FUNCTION keep_statement_file() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.fund_id, NEW.format, NEW.bytes, NEW.idempotency_key, NEW.uploaded_by, NEW.uploaded_at)
    IS DISTINCT FROM (OLD.id, OLD.fund_id, OLD.format, OLD.bytes, OLD.idempotency_key, OLD.uploaded_by, OLD.uploaded_at) THEN
    RAISE EXCEPTION 'statement file % stays what was given', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND NOT (CASE OLD.state
    WHEN 'waiting' THEN NEW.state IN ('needs_mapping', 'comparing', 'refused', 'thrown_away')
    WHEN 'needs_mapping' THEN NEW.state IN ('waiting', 'thrown_away')
    WHEN 'comparing' THEN NEW.state IN ('read', 'thrown_away')
    WHEN 'read' THEN NEW.state IN ('accepted', 'comparing', 'thrown_away')
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
