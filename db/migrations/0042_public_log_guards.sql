-- The public log is append-only, as the history that it shows; what was published once stays published, and only larger logs follow.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_leaves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_nodes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A checkpoint is of the log whose keys are known here, says the size and the root it is kept under, and is larger than all before it.
CREATE FUNCTION check_checkpoint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM log_checkpoints WHERE size >= NEW.size) THEN
    RAISE EXCEPTION 'a checkpoint of % entries or more was published before', NEW.size USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM log_keys WHERE starts_with(NEW.note, origin || E'\n' || NEW.size || E'\n' || encode(NEW.root, 'base64') || E'\n\n')
  ) THEN
    RAISE EXCEPTION 'the checkpoint of % entries does not say what it is kept under', NEW.size USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER only_grows BEFORE INSERT ON log_checkpoints FOR EACH ROW EXECUTE FUNCTION check_checkpoint();
--> statement-breakpoint

-- The log keeps its name when its key changes.
CREATE FUNCTION check_log_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM log_keys WHERE origin <> NEW.origin) THEN
    RAISE EXCEPTION 'the log has another name' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keeps_name BEFORE INSERT ON log_keys FOR EACH ROW EXECUTE FUNCTION check_log_key();
