-- What the tables cannot say by themselves: history is append-only, an entry has postings, a goal is the sum of its budget.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE FUNCTION check_posting_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id AND xmin::text = (pg_current_xact_id()::xid)::text) THEN
    RAISE EXCEPTION 'entry % is complete: nothing can be added to it', NEW.entry_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER with_its_entry BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION check_posting_with_entry();
--> statement-breakpoint

-- A donation is what its bank line and the ledger say: one posting of its amount, from the account the line came to, to its line.
CREATE FUNCTION check_donation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM postings p
      JOIN ledger_accounts credit ON credit.id = p.credit_account_id
      JOIN ledger_accounts debit ON debit.id = p.debit_account_id
      JOIN bank_transactions b ON b.id = NEW.bank_transaction_id
      JOIN receiving_accounts a ON a.id = b.receiving_account_id
      JOIN lines l ON l.id = NEW.line_id
    WHERE p.entry_id = NEW.entry_id AND p.amount = NEW.amount_vnd
      AND credit.line_id = NEW.line_id AND debit.receiving_account_id = a.id
      AND b.direction = 'in' AND b.amount_vnd = NEW.amount_vnd
      AND a.fund_id = NEW.fund_id AND l.fund_id = NEW.fund_id
  ) OR EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND fund_id <> NEW.fund_id) THEN
    RAISE EXCEPTION 'donation % is not what its bank line and entry % say', NEW.id, NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER donation_in_ledger AFTER INSERT ON donations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_donation();
--> statement-breakpoint

-- What a bank told stays as it was told; only what people make of it may change.
CREATE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{state,reason,duplicate_of_id}'::text[]) <> (to_jsonb(OLD) - '{state,reason,duplicate_of_id}'::text[]) THEN
    RAISE EXCEPTION 'bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_told BEFORE UPDATE ON bank_transactions FOR EACH ROW EXECUTE FUNCTION keep_bank_line();
--> statement-breakpoint

-- An account that two people approved stays what they approved, and what it was approved for. It can only be retired, once.
CREATE FUNCTION keep_approved_account() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.approved_by IS NOT NULL AND (
    (to_jsonb(NEW) - 'retired_at') <> (to_jsonb(OLD) - 'retired_at') OR (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)
  ) THEN
    RAISE EXCEPTION 'account % was approved by two people and stays so', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.approved_by IS NULL AND (to_jsonb(NEW) - '{approved_by,approved_at,effective_from,retired_at}'::text[])
    <> (to_jsonb(OLD) - '{approved_by,approved_at,effective_from,retired_at}'::text[]) THEN
    RAISE EXCEPTION 'account % is proposed as it is: propose another', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_approved BEFORE UPDATE ON receiving_accounts FOR EACH ROW EXECUTE FUNCTION keep_approved_account();
--> statement-breakpoint

-- Every event waits for its place in the public order.
CREATE FUNCTION queue_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO pending_events (event_id, created_at) VALUES (NEW.id, NEW.created_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER queued AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION queue_event();
--> statement-breakpoint

-- A campaign's goal is the sum of its budget lines.
CREATE FUNCTION check_goal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
