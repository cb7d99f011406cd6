-- What lines of the statement are found by goes with the name or the message it is of, in the transaction that erases or
-- hides it (money.md §6, docs/decisions/0053). The lock is that of whatever lists words (lib/public-lines/follow.ts): it
-- lists none once they are gone here.
CREATE FUNCTION forget_line_words(of_pledge bigint) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  lost int[];
BEGIN
  PERFORM pg_advisory_xact_lock(1952738412);
  SELECT array_agg(DISTINCT term) INTO lost FROM public_lines l, unnest(l.terms) AS term WHERE l.pledge_id = of_pledge AND term > 0;
  IF lost IS NOT NULL THEN
    UPDATE public_line_words w SET lines = w.lines - less.lines, vnd = w.vnd - less.vnd
      FROM (SELECT term, count(*) AS lines, sum(l.amount_vnd)::bigint AS vnd FROM public_lines l, unnest(l.terms) AS term
        WHERE l.pledge_id = of_pledge AND term > 0 GROUP BY term) AS less
      WHERE w.id = less.term;
    DELETE FROM public_line_words WHERE id = ANY(lost) AND lines = 0;
    UPDATE public_lines SET terms = ARRAY(SELECT term FROM unnest(terms) AS term WHERE term < 0) WHERE pledge_id = of_pledge;
  END IF;
  -- What may still be shown of it is listed anew.
  INSERT INTO public_lines_due (pledge_id) VALUES (of_pledge);
END $$;
--> statement-breakpoint

CREATE FUNCTION forget_disclosed_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM forget_line_words(OLD.pledge_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER lines_forget_words AFTER DELETE ON disclosures FOR EACH ROW EXECUTE FUNCTION forget_disclosed_words();
--> statement-breakpoint
CREATE TRIGGER lines_change_words AFTER UPDATE OF text, review ON disclosures FOR EACH ROW
  WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.review IS DISTINCT FROM NEW.review) EXECUTE FUNCTION forget_disclosed_words();
--> statement-breakpoint

CREATE FUNCTION forget_hidden_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM forget_line_words(NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER lines_follow_name AFTER UPDATE OF is_named ON pledges FOR EACH ROW
  WHEN (OLD.is_named <> NEW.is_named) EXECUTE FUNCTION forget_hidden_words();
--> statement-breakpoint

-- A line of the bank changes without an event where a statement tells its posting day, or a person says that it is another's.
CREATE FUNCTION tell_changed_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public_lines_due (bank_transaction_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER lines_follow_bank AFTER UPDATE OF state, posted_on, receiving_account_id ON bank_transactions FOR EACH ROW
  WHEN ((OLD.state, OLD.posted_on, OLD.receiving_account_id) IS DISTINCT FROM (NEW.state, NEW.posted_on, NEW.receiving_account_id))
  EXECUTE FUNCTION tell_changed_line();
