-- Advances: what was handed out is settled, returned or still out, to the đồng, and never more than its spend was approved for.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON advance_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON spend_advances FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- What of an advance is out: handed over, and neither settled nor returned.
CREATE FUNCTION advance_out(advance bigint) RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(sum(CASE WHEN kind IN ('given', 'returned_undone') THEN amount_vnd ELSE -amount_vnd END), 0)::bigint
  FROM advance_moves WHERE advance_id = advance
$$;
--> statement-breakpoint

-- An advance stays what was written down. Before anything was handed out it may be dropped; and it goes with its spend to the one in its place.
CREATE FUNCTION keep_advance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{spend_id,dropped_by,dropped_at}'::text[]) <> (to_jsonb(OLD) - '{spend_id,dropped_by,dropped_at}'::text[])
    OR (OLD.dropped_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    OR (NEW.dropped_at IS NOT NULL AND advance_out(OLD.id) <> 0)
    OR (NEW.spend_id <> OLD.spend_id AND NOT EXISTS (SELECT 1 FROM spends WHERE id = NEW.spend_id AND replaces_id = OLD.spend_id)) THEN
    RAISE EXCEPTION 'advance % stays what it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_written BEFORE UPDATE ON spend_advances FOR EACH ROW EXECUTE FUNCTION keep_advance();
--> statement-breakpoint

-- Handed out whole and once; no more is settled or comes back than is out; what was settled is a payment of its spend.
CREATE FUNCTION check_advance_move() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  advance spend_advances%ROWTYPE;
  given bigint;
BEGIN
  SELECT * INTO advance FROM spend_advances WHERE id = NEW.advance_id FOR UPDATE;
  SELECT coalesce(sum(CASE kind WHEN 'given' THEN amount_vnd ELSE -amount_vnd END), 0) INTO given
    FROM advance_moves WHERE advance_id = NEW.advance_id AND kind IN ('given', 'given_undone');
  IF advance.dropped_at IS NOT NULL OR given NOT IN (0, advance.amount_vnd) OR advance_out(NEW.advance_id) NOT BETWEEN 0 AND given THEN
    RAISE EXCEPTION 'advance % does not add up', NEW.advance_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.kind = 'settled' AND NOT EXISTS (SELECT 1 FROM spend_payments
      WHERE event_id = NEW.event_id AND advance_id = NEW.advance_id AND spend_id = advance.spend_id AND to_vnd - from_vnd = NEW.amount_vnd) THEN
    RAISE EXCEPTION 'what advance % settled is no payment of its spend', NEW.advance_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER adds_up AFTER INSERT ON advance_moves FOR EACH ROW EXECUTE FUNCTION check_advance_move();
--> statement-breakpoint

-- Paid and handed out together are within what was approved, so that the line's promise covers what is out; and a spend ends
-- only when nothing of it is out.
CREATE FUNCTION check_advances_of_spend(spend bigint) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked spends%ROWTYPE;
  out_vnd bigint;
  paid_vnd bigint;
BEGIN
  SELECT coalesce(sum(advance_out(id)), 0) INTO out_vnd FROM spend_advances WHERE spend_id = spend;
  IF out_vnd = 0 THEN RETURN; END IF;
  SELECT * INTO asked FROM spends WHERE id = spend;
  SELECT coalesce(max(to_vnd), 0) INTO paid_vnd FROM spend_payments WHERE spend_id = spend;
  IF asked.state <> 'approved' OR paid_vnd + out_vnd > asked.amount_vnd THEN
    RAISE EXCEPTION 'more is out for spend % than it was approved for', spend USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION check_advances() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM check_advances_of_spend(CASE TG_TABLE_NAME
    WHEN 'spends' THEN (to_jsonb(NEW)->>'id')::bigint
    WHEN 'advance_moves' THEN (SELECT spend_id FROM spend_advances WHERE id = (to_jsonb(NEW)->>'advance_id')::bigint)
    ELSE (to_jsonb(NEW)->>'spend_id')::bigint END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER within_promise AFTER INSERT ON advance_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_advances();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER within_promise AFTER INSERT ON spend_payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_advances();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER within_promise AFTER UPDATE OF spend_id ON spend_advances DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_advances();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER nothing_out AFTER UPDATE OF state ON spends DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION check_advances();
--> statement-breakpoint

-- A spend that is asked for in another's place counts in its place, also while both wait for a decision.
CREATE OR REPLACE FUNCTION check_budget_units() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE campaign integer; replaced bigint;
BEGIN
  SELECT campaign_id, replaces_id INTO campaign, replaced FROM spends WHERE id = NEW.spend_id;
  -- A change may have been asked for and decided while this transaction ran: whoever adds holds the campaign.
  PERFORM 1 FROM campaigns WHERE id = campaign FOR NO KEY UPDATE;
  IF coalesce((SELECT sum(i.units) FROM spend_items i JOIN spends s ON s.id = i.spend_id
      WHERE s.campaign_id = campaign AND i.budget_position = NEW.budget_position AND s.state NOT IN ('rejected', 'cancelled')
        AND s.id IS DISTINCT FROM replaced), 0)
    > coalesce(
      (SELECT c.quantity FROM budget_changes c WHERE c.campaign_id = campaign AND c.position = NEW.budget_position AND c.state = 'approved' ORDER BY c.id DESC LIMIT 1),
      (SELECT b.quantity FROM budget_lines b WHERE b.campaign_id = campaign AND b.position = NEW.budget_position), 0)
  THEN
    RAISE EXCEPTION 'spend % buys more of line % than the budget of campaign % has', NEW.spend_id, NEW.budget_position, campaign USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- One spend stands in the place of another of its own pot.
CREATE FUNCTION check_replaced() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM spends WHERE id = NEW.replaces_id AND line_id = NEW.line_id AND campaign_id = NEW.campaign_id AND state = 'approved') THEN
    RAISE EXCEPTION 'spend % stands in no place of spend %', NEW.id, NEW.replaces_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER in_its_place BEFORE INSERT ON spends FOR EACH ROW WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION check_replaced();
--> statement-breakpoint

-- Of a paper that had no redacted copy, one may be added, once.
CREATE OR REPLACE FUNCTION keep_evidence() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moving text[] := '{released_by,released_as,released_at,event_id,withdrawn_by,withdrawn_at,reason_vi,reason_en,salt}';
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
BEGIN
  IF TG_TABLE_NAME = 'papers' AND was->>'copy' IS NULL THEN moving := moving || '{copy,copy_by}'::text[]; END IF;
  IF (becomes - moving) <> (was - moving)
    OR (was->>'withdrawn_at' IS NOT NULL AND becomes <> was)
    OR (was->>'released_at' IS NOT NULL AND (becomes - '{withdrawn_by,withdrawn_at,reason_vi,reason_en,salt}'::text[]) <> (was - '{withdrawn_by,withdrawn_at,reason_vi,reason_en,salt}'::text[])) THEN
    RAISE EXCEPTION '% % stays what was recorded', TG_TABLE_NAME, was->>'id' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- The advance that a line was matched with is written down with it, as spends and refunds are.
CREATE OR REPLACE FUNCTION keep_bank_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{undone_by,undone_at,undone_reason,spend_payment_id,spend_refund_id,refund_id,cash_deposit_id,advance_id}'::text[])
      <> (to_jsonb(OLD) - '{undone_by,undone_at,undone_reason,spend_payment_id,spend_refund_id,refund_id,cash_deposit_id,advance_id}'::text[])
    OR OLD.undone_at IS NOT NULL
    OR ((NEW.spend_payment_id, NEW.spend_refund_id, NEW.refund_id, NEW.cash_deposit_id, NEW.advance_id) IS DISTINCT FROM (OLD.spend_payment_id, OLD.spend_refund_id, OLD.refund_id, OLD.cash_deposit_id, OLD.advance_id)
      AND (num_nonnulls(OLD.spend_payment_id, OLD.spend_refund_id, OLD.refund_id, OLD.cash_deposit_id, OLD.advance_id) > 0 OR NEW.undone_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'decision % stays what was decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
