-- Goods and services: what the tables cannot say by themselves.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON goods_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON goods_receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON goods_refusals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON goods_intervals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A goods line is one of the fund that runs the campaign.
CREATE FUNCTION check_goods_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lines l JOIN campaigns c ON c.fund_id = l.fund_id WHERE l.id = NEW.line_id AND c.id = NEW.campaign_id) THEN
    RAISE EXCEPTION 'line % is of another fund than campaign %', NEW.line_id, NEW.campaign_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_its_fund BEFORE INSERT ON goods_lines FOR EACH ROW EXECUTE FUNCTION check_goods_line();
--> statement-breakpoint

-- A receipt is what the ledger says: one posting of its units, from stock to its line, for the campaign of its pledge.
CREATE FUNCTION check_goods_receipt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM postings p
      JOIN ledger_accounts credit ON credit.id = p.credit_account_id
      JOIN ledger_accounts debit ON debit.id = p.debit_account_id
      JOIN ledgers l ON l.id = p.ledger_id
      JOIN goods_lines g ON g.line_id = NEW.line_id
      JOIN pledges d ON d.id = NEW.pledge_id
    WHERE p.entry_id = NEW.entry_id AND p.amount = NEW.units
      AND credit.line_id = NEW.line_id AND debit.kind = 'stock'
      AND l.source = 'donation' AND l.fund_id = NEW.fund_id AND d.fund_id = NEW.fund_id
      AND d.campaign_id = g.campaign_id
  ) OR (SELECT count(*) FROM postings WHERE entry_id = NEW.entry_id) <> 1
    OR (SELECT (nature = 'goods') <> (NEW.condition IS NOT NULL) FROM goods_pledges WHERE pledge_id = NEW.pledge_id) THEN
    RAISE EXCEPTION 'goods receipt % is not what its pledge and entry % say', NEW.id, NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER receipt_in_ledger AFTER INSERT ON goods_receipts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_goods_receipt();
--> statement-breakpoint

-- A pledge of goods promises something.
CREATE FUNCTION check_pledge_items() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE pledge bigint;
BEGIN
  IF TG_TABLE_NAME = 'pledges' THEN
    pledge := NEW.id;
  ELSE
    pledge := OLD.pledge_id;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pledge_items WHERE pledge_id = pledge) THEN
    RAISE EXCEPTION 'pledge % of goods promises nothing', pledge USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER promises_something AFTER INSERT OR UPDATE ON pledges DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.method = 'goods') EXECUTE FUNCTION check_pledge_items();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER promises_something AFTER DELETE ON pledge_items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_pledge_items();
--> statement-breakpoint

-- Only goods that came make a pledge of goods a received one: money with its code does not.
CREATE FUNCTION check_goods_received() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM goods_receipts WHERE pledge_id = NEW.id) THEN
    RAISE EXCEPTION 'pledge % of goods is received by a receipt of goods alone', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER received_by_receipt AFTER INSERT OR UPDATE ON pledges DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.method = 'goods' AND NEW.state = 'received') EXECUTE FUNCTION check_goods_received();
