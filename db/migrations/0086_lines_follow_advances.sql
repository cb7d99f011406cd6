-- An advance passes to the spend that stands in for its own without an event: its lines of the bank are of that spend, then.
CREATE FUNCTION tell_passed_advance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public_lines_due (bank_transaction_id)
    SELECT l.bank_transaction_id FROM bank_decisions d JOIN bank_decision_lines l ON l.decision_id = d.id
    WHERE d.advance_id = NEW.id AND d.undone_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER lines_follow_advance AFTER UPDATE OF spend_id ON spend_advances FOR EACH ROW
  WHEN (OLD.spend_id <> NEW.spend_id) EXECUTE FUNCTION tell_passed_advance();
--> statement-breakpoint

-- What passed before.
INSERT INTO public_lines_due (bank_transaction_id)
  SELECT DISTINCT p.bank_transaction_id FROM spend_advances a JOIN bank_decisions d ON d.advance_id = a.id AND d.undone_at IS NULL
    JOIN bank_decision_lines l ON l.decision_id = d.id JOIN public_lines p ON p.bank_transaction_id = l.bank_transaction_id
  WHERE p.spend_id IS DISTINCT FROM a.spend_id;
