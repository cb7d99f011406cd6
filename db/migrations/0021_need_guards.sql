-- What happened to a need stays written, its place and programme stay, and what was published is not taken back.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON need_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON need_papers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON need_round_answers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON needs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON need_rounds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON need_imports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

CREATE FUNCTION keep_need() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.programme_id, NEW.unit_id, NEW.category, NEW.school_year, NEW.reported_on)
    IS DISTINCT FROM (OLD.id, OLD.programme_id, OLD.unit_id, OLD.category, OLD.school_year, OLD.reported_on)
    OR NEW.version <> OLD.version + 1
    OR (OLD.state IN ('refused', 'merged') AND NEW.state <> OLD.state)
    OR (OLD.state = 'published' AND NEW.state <> 'published')
    OR (NEW.state = 'published' AND OLD.state NOT IN ('checked', 'published')) THEN
    RAISE EXCEPTION 'need % cannot become that', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_reported BEFORE UPDATE ON needs FOR EACH ROW EXECUTE FUNCTION keep_need();
--> statement-breakpoint

-- A step of a need is written beside the need it changed.
CREATE FUNCTION check_need_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM need_changes WHERE need_id = NEW.id AND version = NEW.version) THEN
    RAISE EXCEPTION 'a step of need % was not written down', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER written_down AFTER INSERT OR UPDATE ON needs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_need_step();
--> statement-breakpoint

-- A sheet that was decided on stays decided.
CREATE FUNCTION keep_need_import() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{state,decided_by,decided_at}'::text[]) <> (to_jsonb(OLD) - '{state,decided_by,decided_at}'::text[])
    OR (OLD.state <> 'staged' AND to_jsonb(NEW) <> to_jsonb(OLD)) THEN
    RAISE EXCEPTION 'sheet % stays as it was decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_staged BEFORE UPDATE ON need_imports FOR EACH ROW EXECUTE FUNCTION keep_need_import();
