-- What people say of what no machine could read: it stays as it was said, and is taken back once.
CREATE FUNCTION keep_unread_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{undone_by,undone_at}'::text[]) <> (to_jsonb(OLD) - '{undone_by,undone_at}'::text[]) OR OLD.undone_at IS NOT NULL THEN
    RAISE EXCEPTION 'decision % stays what was decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_decided BEFORE UPDATE ON unread_decisions FOR EACH ROW EXECUTE FUNCTION keep_unread_decision();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON unread_decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- It is of something that was not understood; the line it names is of its fund, and so is the change of the balance.
CREATE FUNCTION check_unread_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM bank_notices n WHERE n.id = NEW.notice_id AND n.outcome IN ('contradiction', 'not_understood'))
      AND NOT EXISTS (SELECT 1 FROM card_movements m WHERE m.stripe_id = NEW.movement_id AND m.kind = 'not_understood' AND m.fund_id = NEW.fund_id)
    OR NEW.bank_transaction_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bank_transactions b JOIN receiving_accounts a ON a.id = b.receiving_account_id
      WHERE b.id = NEW.bank_transaction_id AND a.fund_id = NEW.fund_id) THEN
    RAISE EXCEPTION 'this is nothing that waits in fund %', NEW.fund_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER of_its_fund BEFORE INSERT ON unread_decisions FOR EACH ROW EXECUTE FUNCTION check_unread_decision();
--> statement-breakpoint

-- As before (0038), and: a line of an account that was not ours belongs to it once it is, when a person says so.
CREATE OR REPLACE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gift record;
BEGIN
  IF (to_jsonb(NEW) - '{receiving_account_id,state,reason,duplicate_of_id,memo,posted_on}'::text[])
    <> (to_jsonb(OLD) - '{receiving_account_id,state,reason,duplicate_of_id,memo,posted_on}'::text[]) THEN
    RAISE EXCEPTION 'bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.receiving_account_id IS DISTINCT FROM OLD.receiving_account_id AND NOT (CASE WHEN OLD.receiving_account_id IS NULL
    THEN EXISTS (SELECT 1 FROM receiving_accounts a WHERE a.id = NEW.receiving_account_id AND a.account_number = OLD.account_number AND a.approved_by IS NOT NULL)
    ELSE NEW.receiving_account_id IS NULL AND EXISTS (SELECT 1 FROM bank_decision_lines l JOIN bank_decisions d ON d.id = l.decision_id
      WHERE l.bank_transaction_id = OLD.id AND d.kind = 'ours') END) THEN
    RAISE EXCEPTION 'bank line % is of no other account', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.posted_on IS NOT NULL AND NEW.posted_on IS DISTINCT FROM OLD.posted_on AND (
    EXISTS (SELECT 1 FROM day_close_lines c WHERE c.bank_transaction_id = OLD.id)
    OR EXISTS (SELECT 1 FROM bank_notices n WHERE n.bank_transaction_id = OLD.id AND n.provider = 'statement')
    OR NOT EXISTS (SELECT 1 FROM bank_posting_days p JOIN bank_decisions d ON d.id = p.decision_id
      WHERE p.bank_transaction_id = OLD.id AND p.posted_on = OLD.posted_on AND d.undone_at IS NOT NULL)
    OR NEW.posted_on IS DISTINCT FROM (SELECT p.posted_on FROM bank_posting_days p JOIN bank_decisions d ON d.id = p.decision_id
      WHERE p.bank_transaction_id = OLD.id AND d.undone_at IS NULL ORDER BY p.decision_id LIMIT 1)
  ) THEN
    RAISE EXCEPTION 'the posting day of bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.memo <> OLD.memo THEN
    SELECT string_agg(DISTINCT p.code, ' ' ORDER BY p.code) AS codes,
        bool_or(EXISTS (SELECT 1 FROM events e WHERE e.donation_id = d.id AND e.kind = 'erasure')) AS erased INTO gift
      FROM donations d LEFT JOIN pledges p ON p.id = d.pledge_id WHERE d.bank_transaction_id = OLD.id;
    IF NEW.memo <> coalesce(gift.codes, '') OR (gift.erased IS NOT TRUE AND OLD.transacted_at > now() - interval '10 years') THEN
      RAISE EXCEPTION 'the memo of bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- A line that was counted in a close is none of two, and no stranger's: it stays a line.
DROP TRIGGER of_closed_day ON bank_transactions;
--> statement-breakpoint
CREATE TRIGGER of_closed_day BEFORE UPDATE ON bank_transactions FOR EACH ROW
  WHEN (NEW.state IN ('duplicate', 'possible_duplicate', 'unknown_account') AND NEW.state <> OLD.state) EXECUTE FUNCTION keep_closed_line();
--> statement-breakpoint

-- An account is retired once two people said so, on the day that they told the public.
CREATE FUNCTION keep_account_retirement() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.approved_by IS NOT NULL
    OR (to_jsonb(NEW) - '{approved_by,approved_at,retires_at}'::text[]) <> (to_jsonb(OLD) - '{approved_by,approved_at,retires_at}'::text[]) THEN
    RAISE EXCEPTION 'the retirement of account % stays as it was told', OLD.receiving_account_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_approved BEFORE UPDATE ON account_retirements FOR EACH ROW EXECUTE FUNCTION keep_account_retirement();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON account_retirements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION check_account_retired() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM account_retirements r WHERE r.receiving_account_id = NEW.id AND r.retires_at = NEW.retired_at) THEN
    RAISE EXCEPTION 'account % is retired by two people or not at all', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER retired_by_two BEFORE UPDATE ON receiving_accounts FOR EACH ROW
  WHEN (NEW.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at) EXECUTE FUNCTION check_account_retired();
