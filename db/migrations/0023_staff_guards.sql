-- People of the console: what they were given and did stays as it was, and nobody becomes two people.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_communes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON staff_members FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON staff_roles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON staff_sessions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- An address stands for one person for ever; erased, a person stays erased.
CREATE FUNCTION keep_staff_member() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.created_at) OR OLD.erased_at IS NOT NULL
    OR (NEW.erased_at IS NULL AND NEW.email IS DISTINCT FROM OLD.email) THEN
    RAISE EXCEPTION 'staff member % stays who they are', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_known BEFORE UPDATE ON staff_members FOR EACH ROW EXECUTE FUNCTION keep_staff_member();
--> statement-breakpoint

-- A role is confirmed once and ended once, and takes effect no sooner than it was told unless another person confirms it.
CREATE FUNCTION keep_staff_role() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moving text[] := '{confirmed_by,confirmed_at,effective_from,ended_by,ended_at}';
BEGIN
  IF (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) OR OLD.ended_at IS NOT NULL
    OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by, NEW.confirmed_at, NEW.effective_from) IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at, OLD.effective_from))
    OR (NEW.effective_from IS DISTINCT FROM OLD.effective_from AND NEW.confirmed_at IS NULL) THEN
    RAISE EXCEPTION 'role % stays as it was given', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_given BEFORE UPDATE ON staff_roles FOR EACH ROW EXECUTE FUNCTION keep_staff_role();
--> statement-breakpoint

-- The command at the server gives a fund its first director, and an operator, and nothing else; a director appoints alone
-- whoever counts in a two-person rule only where there is no other director.
CREATE FUNCTION check_staff_role() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.fund_id IS NULL THEN
    IF NEW.appointed_by IS NOT NULL THEN
      RAISE EXCEPTION 'an operator is appointed at the server' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  PERFORM FROM funds WHERE id = NEW.fund_id FOR NO KEY UPDATE;
  IF NEW.appointed_by IS NULL THEN
    IF NEW.role <> 'director' OR EXISTS (SELECT 1 FROM staff_roles WHERE fund_id = NEW.fund_id AND role = 'director' AND ended_at IS NULL) THEN
      RAISE EXCEPTION 'fund % has directors, who appoint its people', NEW.fund_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  ELSIF NEW.role IN ('accountant', 'director') AND NEW.effective_from IS NOT NULL AND NEW.confirmed_at IS NULL
    AND EXISTS (SELECT 1 FROM staff_roles WHERE fund_id = NEW.fund_id AND role = 'director' AND ended_at IS NULL
      AND effective_from <= NEW.appointed_at AND staff_id NOT IN (NEW.appointed_by, NEW.staff_id)) THEN
    RAISE EXCEPTION 'fund % has another director, who confirms this', NEW.fund_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER by_whom BEFORE INSERT ON staff_roles FOR EACH ROW EXECUTE FUNCTION check_staff_role();
--> statement-breakpoint

-- An ended session stays ended, and a second factor is shown once.
CREATE FUNCTION keep_staff_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moving text[] := '{second_factor_at,last_seen_at,ended_at,ended_why}';
BEGIN
  IF (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) OR OLD.ended_at IS NOT NULL
    OR (OLD.second_factor_at IS NOT NULL AND NEW.second_factor_at IS DISTINCT FROM OLD.second_factor_at) OR NEW.last_seen_at < OLD.last_seen_at THEN
    RAISE EXCEPTION 'session % stays as it was begun', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_begun BEFORE UPDATE ON staff_sessions FOR EACH ROW EXECUTE FUNCTION keep_staff_session();
