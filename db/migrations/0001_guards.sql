-- What the tables cannot say by themselves: history is append-only, an entry has postings, a goal is the sum of its budget.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON installation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledgers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_accounts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_positions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON intervals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON donations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_notices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON campaign_transitions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- An entry has one or more postings; a reversal mirrors what it reverses, posting by posting.
CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id) THEN
    RAISE EXCEPTION 'entry % has no posting', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.reverses_entry_id IS NOT NULL AND EXISTS (
    (SELECT ledger_id, credit_account_id, debit_account_id, amount, count(*) FROM postings
      WHERE entry_id = NEW.reverses_entry_id GROUP BY 1, 2, 3, 4)
    EXCEPT
    (SELECT ledger_id, debit_account_id, credit_account_id, amount, count(*) FROM postings
      WHERE entry_id = NEW.id GROUP BY 1, 2, 3, 4)
    UNION ALL
    ((SELECT ledger_id, debit_account_id, credit_account_id, amount, count(*) FROM postings
      WHERE entry_id = NEW.id GROUP BY 1, 2, 3, 4)
    EXCEPT
    (SELECT ledger_id, credit_account_id, debit_account_id, amount, count(*) FROM postings
      WHERE entry_id = NEW.reverses_entry_id GROUP BY 1, 2, 3, 4))
  ) THEN
    RAISE EXCEPTION 'entry % does not mirror entry %', NEW.id, NEW.reverses_entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entry_complete AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry();
--> statement-breakpoint

-- Postings belong to the transaction that wrote their entry: nothing is added to an entry afterwards.
CREATE FUNCTION check_posting_with_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id AND xmin::text = (pg_current_xact_id()::xid)::text) THEN
    RAISE EXCEPTION 'entry % is complete: nothing can be added to it', NEW.entry_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER with_its_entry BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION check_posting_with_entry();
--> statement-breakpoint

-- A donation is what the ledger says: one posting from the bank to its line, of its amount.
CREATE FUNCTION check_donation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM postings p JOIN ledger_accounts a ON a.id = p.credit_account_id
    WHERE p.entry_id = NEW.entry_id AND a.line_id = NEW.line_id AND p.amount = NEW.amount_vnd
  ) THEN
    RAISE EXCEPTION 'donation % is not what entry % says', NEW.id, NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER donation_in_ledger AFTER INSERT ON donations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_donation();
--> statement-breakpoint

-- Every event waits for its place in the public order.
CREATE FUNCTION queue_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pending_events (event_id, created_at) VALUES (NEW.id, NEW.created_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER queued AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION queue_event();
--> statement-breakpoint

-- A campaign's goal is the sum of its budget lines.
CREATE FUNCTION check_goal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE campaign integer;
BEGIN
  IF TG_TABLE_NAME = 'campaigns' THEN
    campaign := NEW.id;
  ELSIF TG_OP = 'DELETE' THEN
    campaign := OLD.campaign_id;
  ELSE
    campaign := NEW.campaign_id;
  END IF;
  IF EXISTS (
    SELECT 1 FROM campaigns c WHERE c.id = campaign
      AND c.goal_vnd <> coalesce((SELECT sum(b.unit_price_vnd * b.quantity) FROM budget_lines b WHERE b.campaign_id = c.id), 0)
  ) THEN
    RAISE EXCEPTION 'the goal of campaign % is not the sum of its budget', campaign USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER goal_is_budget AFTER INSERT OR UPDATE ON campaigns DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_goal();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER goal_is_budget AFTER INSERT OR UPDATE OR DELETE ON budget_lines DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_goal();
