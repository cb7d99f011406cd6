-- What was written of a campaign stays written; a campaign asks for no more than is uncovered, and keeps its pot.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON campaign_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON campaigns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON campaign_slugs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON campaign_drafts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON campaign_draft_texts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- Of a text only that somebody settled it may be written later, once.
CREATE FUNCTION keep_draft_text() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{settled_by,settled_at}'::text[]) <> (to_jsonb(OLD) - '{settled_by,settled_at}'::text[]) OR OLD.settled_at IS NOT NULL THEN
    RAISE EXCEPTION 'text % of a draft stays as it was saved', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_saved BEFORE UPDATE ON campaign_draft_texts FOR EACH ROW EXECUTE FUNCTION keep_draft_text();
--> statement-breakpoint

-- A draft is of one need, and becomes one campaign.
CREATE FUNCTION keep_draft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.need_id, NEW.created_by, NEW.created_at) IS DISTINCT FROM (OLD.need_id, OLD.created_by, OLD.created_at)
    OR (OLD.campaign_id IS NOT NULL AND NEW.campaign_id IS DISTINCT FROM OLD.campaign_id)
    OR NEW.version < OLD.version OR (NEW.content <> OLD.content AND NEW.version <> OLD.version + 1) THEN
    RAISE EXCEPTION 'draft % cannot become that', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_begun BEFORE UPDATE ON campaign_drafts FOR EACH ROW EXECUTE FUNCTION keep_draft();
--> statement-breakpoint

CREATE FUNCTION keep_campaign() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.fund_id, NEW.need_id, NEW.unit_id, NEW.category, NEW.line_id, NEW.created_at)
    IS DISTINCT FROM (OLD.fund_id, OLD.need_id, OLD.unit_id, OLD.category, OLD.line_id, OLD.created_at)
    OR (OLD.state NOT IN ('draft', 'in_review') AND (NEW.state IN ('draft', 'in_review') OR NEW.approved_by IS DISTINCT FROM OLD.approved_by)) THEN
    RAISE EXCEPTION 'campaign % cannot become that', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_drafted BEFORE UPDATE ON campaigns FOR EACH ROW EXECUTE FUNCTION keep_campaign();
--> statement-breakpoint

-- Other sources and campaigns together ask for no more than the need, unless a director wrote why. A closed campaign
-- asks for what it received. Holds the need's lock, so that two at once are counted one after the other.
CREATE FUNCTION check_uncovered() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  needed bigint;
  met bigint;
BEGIN
  IF NEW.beyond_by IS NOT NULL THEN RETURN NULL; END IF;
  IF TG_OP = 'UPDATE' AND NEW.goal_vnd <= OLD.goal_vnd THEN RETURN NULL; END IF;
  SELECT amount_vnd INTO needed FROM needs WHERE id = NEW.need_id FOR UPDATE;
  SELECT coalesce((SELECT sum(amount_vnd) FROM need_coverages WHERE need_id = NEW.need_id), 0)
    + coalesce((SELECT sum(CASE WHEN c.state = 'closed' THEN coalesce(t.net_vnd, 0) ELSE c.goal_vnd END)
      FROM campaigns c LEFT JOIN line_totals t ON t.line_id = c.line_id WHERE c.need_id = NEW.need_id), 0) INTO met;
  IF met > needed THEN
    RAISE EXCEPTION 'campaign % asks for more than is uncovered of need %', NEW.id, NEW.need_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER within_need AFTER INSERT OR UPDATE OF goal_vnd, need_id ON campaigns FOR EACH ROW EXECUTE FUNCTION check_uncovered();
--> statement-breakpoint

-- A command may run inside the transaction of whoever called it: what it writes then bears the number of a part of that
-- transaction. Rows that one sees and that are in progress are one's own.
CREATE FUNCTION is_own(written_by xid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE own bigint := pg_current_xact_id()::text::bigint;
BEGIN
  RETURN coalesce(pg_xact_status(((own >> 32 << 32) | written_by::text::bigint)::text::xid8) = 'in progress', false);
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION check_posting_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM entries WHERE id = NEW.entry_id
      AND CASE WHEN xmin::text = (pg_current_xact_id()::xid)::text THEN true ELSE is_own(xmin) END
  ) THEN
    RAISE EXCEPTION 'entry % is complete: nothing can be added to it', NEW.entry_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
