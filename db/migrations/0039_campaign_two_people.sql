-- Who wrote a part of a campaign is never the second person who approves it, whatever their roles.

CREATE FUNCTION check_campaign_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM campaign_draft_texts t JOIN campaign_drafts d ON d.id = t.draft_id
      WHERE d.campaign_id = NEW.id AND t.saved_by = NEW.approved_by) THEN
    RAISE EXCEPTION 'campaign % is approved by one of its authors', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reviewed_by_another AFTER UPDATE OF approved_by ON campaigns
  FOR EACH ROW WHEN (NEW.approved_by IS DISTINCT FROM OLD.approved_by AND NEW.approved_by IS NOT NULL) EXECUTE FUNCTION check_campaign_review();
