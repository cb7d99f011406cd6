-- A line of a budget is bought in no greater quantity than was planned, or than a change allows that two people decided on.

CREATE FUNCTION keep_budget_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state <> 'requested' OR (to_jsonb(NEW) - '{state,decided_by,decided_at,event_id}'::text[]) <> (to_jsonb(OLD) - '{state,decided_by,decided_at,event_id}'::text[]) THEN
    RAISE EXCEPTION 'change % of a budget stays what it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_asked BEFORE UPDATE ON budget_changes FOR EACH ROW EXECUTE FUNCTION keep_budget_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON budget_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

CREATE FUNCTION check_budget_units() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE campaign integer;
BEGIN
  SELECT campaign_id INTO campaign FROM spends WHERE id = NEW.spend_id;
  -- A change may have been asked for and decided while this transaction ran: whoever adds holds the campaign.
  PERFORM 1 FROM campaigns WHERE id = campaign FOR NO KEY UPDATE;
  IF coalesce((SELECT sum(i.units) FROM spend_items i JOIN spends s ON s.id = i.spend_id
      WHERE s.campaign_id = campaign AND i.budget_position = NEW.budget_position AND s.state NOT IN ('rejected', 'cancelled')), 0)
    > coalesce(
      (SELECT c.quantity FROM budget_changes c WHERE c.campaign_id = campaign AND c.position = NEW.budget_position AND c.state = 'approved' ORDER BY c.id DESC LIMIT 1),
      (SELECT b.quantity FROM budget_lines b WHERE b.campaign_id = campaign AND b.position = NEW.budget_position), 0)
  THEN
    RAISE EXCEPTION 'spend % buys more of line % than the budget of campaign % has', NEW.spend_id, NEW.budget_position, campaign USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER within_budget AFTER INSERT ON spend_items DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.budget_position IS NOT NULL) EXECUTE FUNCTION check_budget_units();
