-- Photos and papers: shown only with consent and after two people, withdrawn for ever, and never rewritten.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON photo_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON photos FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON papers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A name stands for the same bytes for ever; only when they were stored and removed moves.
CREATE FUNCTION keep_file() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.name, NEW.bytes) IS DISTINCT FROM (OLD.name, OLD.bytes) THEN
    RAISE EXCEPTION 'file % stays what it is', OLD.name USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_named BEFORE UPDATE ON files FOR EACH ROW EXECUTE FUNCTION keep_file();
--> statement-breakpoint

-- What was recorded of a row stays; a step that was taken is taken once.
CREATE FUNCTION keep_evidence() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moving text[] := '{released_by,released_as,released_at,event_id,withdrawn_by,withdrawn_at,reason_vi,reason_en,salt}';
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
BEGIN
  IF (becomes - moving) <> (was - moving)
    OR (was->>'withdrawn_at' IS NOT NULL AND becomes <> was)
    OR (was->>'released_at' IS NOT NULL AND (becomes - '{withdrawn_by,withdrawn_at,reason_vi,reason_en,salt}'::text[]) <> (was - '{withdrawn_by,withdrawn_at,reason_vi,reason_en,salt}'::text[])) THEN
    RAISE EXCEPTION '% % stays what was recorded', TG_TABLE_NAME, was->>'id' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_recorded BEFORE UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION keep_evidence();
--> statement-breakpoint
CREATE TRIGGER as_recorded BEFORE UPDATE ON photos FOR EACH ROW EXECUTE FUNCTION keep_evidence();
--> statement-breakpoint
CREATE TRIGGER as_recorded BEFORE UPDATE ON papers FOR EACH ROW EXECUTE FUNCTION keep_evidence();
--> statement-breakpoint

-- A photo is added and released only while its consent stands. Named to run after what keeps the row.
CREATE FUNCTION check_photo_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  given consents%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.released_at IS NULL OR OLD.released_at IS NOT NULL) THEN RETURN NEW; END IF;
  SELECT * INTO given FROM consents WHERE id = NEW.consent_id FOR SHARE;
  IF given.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL
    OR given.valid_until < (coalesce(NEW.released_at, NEW.added_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
    RAISE EXCEPTION 'consent % does not stand', NEW.consent_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER with_consent BEFORE INSERT OR UPDATE ON photos FOR EACH ROW EXECUTE FUNCTION check_photo_consent();
--> statement-breakpoint

-- A consent that is withdrawn takes its photos with it.
CREATE FUNCTION check_withdrawn_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.withdrawn_at IS NOT NULL AND EXISTS (SELECT 1 FROM photos WHERE consent_id = NEW.id AND withdrawn_at IS NULL) THEN
    RAISE EXCEPTION 'photos of consent % are still there', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER with_its_photos AFTER UPDATE ON consents DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_withdrawn_consent();
--> statement-breakpoint

-- A paper of a delivery is one of its spend.
CREATE FUNCTION check_paper() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.delivery_id IS NOT NULL AND NEW.spend_id <> (SELECT spend_id FROM deliveries WHERE id = NEW.delivery_id) THEN
    RAISE EXCEPTION 'delivery % is not of spend %', NEW.delivery_id, NEW.spend_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_its_spend BEFORE INSERT ON papers FOR EACH ROW EXECUTE FUNCTION check_paper();
