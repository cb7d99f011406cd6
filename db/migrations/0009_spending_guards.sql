-- Spends and deliveries: history is append-only, nothing is handed over or given back twice, and what a line gave is counted.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON spend_items FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON spend_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON spend_refunds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON moved_parts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deliveries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_units FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- What a spend was approved for stays so; only its state moves.
CREATE FUNCTION keep_spend() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{state,reason_vi,reason_en,decided_by,decided_at}'::text[]) <> (to_jsonb(OLD) - '{state,reason_vi,reason_en,decided_by,decided_at}'::text[])
    OR (OLD.decided_by IS NOT NULL AND (NEW.decided_by, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by, OLD.decided_at)) THEN
    RAISE EXCEPTION 'spend % stays what was asked for', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_asked BEFORE UPDATE ON spends FOR EACH ROW EXECUTE FUNCTION keep_spend();
--> statement-breakpoint

-- The amount of a spend is the sum of its items.
CREATE FUNCTION check_spend() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.amount_vnd <> coalesce((SELECT sum(i.amount_vnd) FROM spend_items i WHERE i.spend_id = NEW.id), 0) THEN
    RAISE EXCEPTION 'the amount of spend % is not the sum of its items', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER sum_of_items AFTER INSERT ON spends DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_spend();
--> statement-breakpoint

-- A payment begins where the one before it ended, and none goes beyond what was approved.
CREATE FUNCTION check_spend_payment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.from_vnd <> coalesce((SELECT max(to_vnd) FROM spend_payments WHERE spend_id = NEW.spend_id), 0)
    OR NEW.to_vnd > (SELECT amount_vnd FROM spends WHERE id = NEW.spend_id AND state = 'approved') IS NOT FALSE THEN
    RAISE EXCEPTION 'a payment of spend % does not follow what was paid, or was not approved', NEW.spend_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER paid_in_order BEFORE INSERT ON spend_payments FOR EACH ROW EXECUTE FUNCTION check_spend_payment();
--> statement-breakpoint

-- A unit is handed over once.
CREATE FUNCTION check_delivery_units() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.from_unit <> coalesce((SELECT max(to_unit) FROM delivery_units WHERE spend_id = NEW.spend_id AND position = NEW.position), 0)
    OR NEW.to_unit > (SELECT units FROM spend_items WHERE spend_id = NEW.spend_id AND position = NEW.position) THEN
    RAISE EXCEPTION 'units % to % of spend % do not follow what was handed over', NEW.from_unit, NEW.to_unit, NEW.spend_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER handed_over_once BEFORE INSERT ON delivery_units FOR EACH ROW EXECUTE FUNCTION check_delivery_units();
--> statement-breakpoint

-- What lines gave and hold before their outflows were counted.
INSERT INTO line_outflows (line_id, used_vnd, held_vnd, reserved_vnd, first_free_vnd)
SELECT l.id,
  coalesce((SELECT sum(end_vnd - start_vnd) FROM line_uses u WHERE u.line_id = l.id), 0),
  coalesce((SELECT sum(end_vnd - start_vnd) FROM line_holds h WHERE h.line_id = l.id AND ended_by_event_id IS NULL), 0), 0, 0
FROM lines l WHERE EXISTS (SELECT 1 FROM line_uses u WHERE u.line_id = l.id) OR EXISTS (SELECT 1 FROM line_holds h WHERE h.line_id = l.id);
