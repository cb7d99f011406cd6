-- Receipts of goods that are taken back: what the tables cannot say by themselves.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON goods_reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A pledge of goods is received while a receipt of it stands.
CREATE FUNCTION has_standing_goods(pledge bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM goods_receipts r WHERE r.pledge_id = pledge AND NOT EXISTS (SELECT 1 FROM goods_reversals v WHERE v.receipt_id = r.id)
  )
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION check_goods_received() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT has_standing_goods(NEW.id) THEN
    RAISE EXCEPTION 'pledge % of goods is received by a receipt of goods alone', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint

-- A receipt is taken back whole: by the entry that mirrors its own, and the event that says so.
CREATE FUNCTION check_goods_reversal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  taken goods_receipts%ROWTYPE;
BEGIN
  SELECT * INTO taken FROM goods_receipts WHERE id = NEW.receipt_id;
  IF NOT EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id AND reverses_entry_id = taken.entry_id)
    OR NOT EXISTS (
      SELECT 1 FROM events WHERE id = NEW.event_id AND kind = 'goods_reversed' AND goods_receipt_id = taken.id
        AND (fund_id, line_id, units) = (taken.fund_id, taken.line_id, taken.units)
    )
    OR EXISTS (SELECT 1 FROM pledges WHERE id = taken.pledge_id AND state = 'received' AND NOT has_standing_goods(id)) THEN
    RAISE EXCEPTION 'receipt % of goods is not taken back as entry % and event % say', NEW.receipt_id, NEW.entry_id, NEW.event_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER taken_back_whole AFTER INSERT ON goods_reversals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_goods_reversal();
