-- How staff sign in: what was used is used, and no code of a second factor counts twice.

CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON staff_factors FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON staff_recovery_codes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A link, or a code to be used where the second factor is lost, is used once.
CREATE FUNCTION keep_used_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - 'used_at') <> (to_jsonb(OLD) - 'used_at') OR OLD.used_at IS NOT NULL THEN
    RAISE EXCEPTION 'a row of % is used once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER once BEFORE UPDATE ON staff_links FOR EACH ROW EXECUTE FUNCTION keep_used_once();
--> statement-breakpoint
CREATE TRIGGER once BEFORE UPDATE ON staff_recovery_codes FOR EACH ROW EXECUTE FUNCTION keep_used_once();
--> statement-breakpoint

-- A second factor is confirmed once and removed once, and its time runs forward.
CREATE FUNCTION keep_staff_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moving text[] := '{sealed,confirmed_at,last_step,removed_at}';
BEGIN
  IF (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) OR OLD.removed_at IS NOT NULL
    OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at, NEW.sealed) IS DISTINCT FROM (OLD.confirmed_at, OLD.sealed))
    OR (OLD.last_step IS NOT NULL AND (NEW.last_step IS NULL OR NEW.last_step < OLD.last_step)) THEN
    RAISE EXCEPTION 'second factor % stays as it was confirmed', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_confirmed BEFORE UPDATE ON staff_factors FOR EACH ROW EXECUTE FUNCTION keep_staff_factor();
--> statement-breakpoint

-- Wrong codes are counted, and the count is never taken back.
CREATE OR REPLACE FUNCTION keep_staff_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moving text[] := '{second_factor_at,last_seen_at,wrong_codes,ended_at,ended_why}';
BEGIN
  IF (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) OR OLD.ended_at IS NOT NULL OR NEW.wrong_codes < OLD.wrong_codes
    OR (OLD.second_factor_at IS NOT NULL AND NEW.second_factor_at IS DISTINCT FROM OLD.second_factor_at) OR NEW.last_seen_at < OLD.last_seen_at THEN
    RAISE EXCEPTION 'session % stays as it was begun', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
