-- What names people may be taken out of what a bank told, and nothing else of it.

DROP TRIGGER append_only ON bank_notices;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON bank_notices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- The body of a notice whose line is known can be blanked.
CREATE FUNCTION keep_bank_notice() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.body <> '{}'::jsonb OR OLD.outcome NOT IN ('booked', 'merged') OR (to_jsonb(NEW) - 'body') <> (to_jsonb(OLD) - 'body') THEN
    RAISE EXCEPTION 'notice % stays as it was told: its body can only be blanked, once its line is known', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_told BEFORE UPDATE ON bank_notices FOR EACH ROW EXECUTE FUNCTION keep_bank_notice();
--> statement-breakpoint

-- What a bank told stays as it was told; only what people make of it may change. Of the memo nothing but the code need
-- be left: of a gift whose donor was erased, and of any line after ten years.
CREATE OR REPLACE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gift record;
BEGIN
  IF (to_jsonb(NEW) - '{state,reason,duplicate_of_id,memo}'::text[]) <> (to_jsonb(OLD) - '{state,reason,duplicate_of_id,memo}'::text[]) THEN
    RAISE EXCEPTION 'bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.memo <> OLD.memo THEN
    SELECT p.code, EXISTS (SELECT 1 FROM events e WHERE e.donation_id = d.id AND e.kind = 'erasure') AS erased INTO gift
      FROM donations d LEFT JOIN pledges p ON p.id = d.pledge_id WHERE d.bank_transaction_id = OLD.id;
    IF NEW.memo <> coalesce(gift.code, '') OR (gift.erased IS NOT TRUE AND OLD.transacted_at > now() - interval '10 years') THEN
      RAISE EXCEPTION 'the memo of bank line % stays as it was told', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
