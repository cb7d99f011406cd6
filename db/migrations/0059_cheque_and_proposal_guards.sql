-- A bank takes back a cheque that it had paid, and the whole of it.

CREATE FUNCTION check_cheque_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM donations d JOIN pledges p ON p.id = d.pledge_id
    WHERE d.id = NEW.donation_id AND p.method = 'cheque' AND d.amount_vnd = NEW.amount_vnd
  ) THEN
    RAISE EXCEPTION 'refund % is of no cheque that a bank takes back', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_a_cheque BEFORE INSERT ON refunds FOR EACH ROW WHEN (NEW.reason = 'cheque_returned') EXECUTE FUNCTION check_cheque_refund();
--> statement-breakpoint

-- A proposal that nobody approved may be withdrawn; what two people said stays.
CREATE FUNCTION keep_what_two_said() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.approved_by IS NOT NULL THEN
    RAISE EXCEPTION 'what two people said of an account stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER only_proposed BEFORE DELETE ON receiving_accounts FOR EACH ROW EXECUTE FUNCTION keep_what_two_said();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE TRUNCATE ON receiving_accounts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
DROP TRIGGER kept ON account_retirements;
--> statement-breakpoint
CREATE TRIGGER only_proposed BEFORE DELETE ON account_retirements FOR EACH ROW EXECUTE FUNCTION keep_what_two_said();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE TRUNCATE ON account_retirements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
