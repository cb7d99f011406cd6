-- What a key's last checkpoint is was seen by everybody: it stays. The newest key signs, and ends with another's beginning.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_key_ends FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION check_log_key_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.number >= (SELECT max(number) FROM log_keys) THEN
    RAISE EXCEPTION 'the newest key of the log signs' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.last_size <> (SELECT coalesce(max(size), 0) FROM log_checkpoints) THEN
    RAISE EXCEPTION 'a key of the log ends with the newest checkpoint, and not with %', NEW.last_size USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ends_with_newest BEFORE INSERT ON log_key_ends FOR EACH ROW EXECUTE FUNCTION check_log_key_end();
