-- Gifts by card: what was asked for stays so, states move along their edges alone, and nothing is held or taken over that is not there.

CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON refunds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON card_disputes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON card_sessions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON card_warnings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON card_payouts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON line_holds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- News from Stripe may be forgotten once it was dealt with.
CREATE TRIGGER kept_while_waiting BEFORE DELETE ON stripe_events FOR EACH ROW WHEN (OLD.state = 'waiting') EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER kept BEFORE TRUNCATE ON stripe_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A refund begins as a request, is decided once, and is taken by Stripe once.
CREATE FUNCTION keep_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'requested' OR NEW.claimed_until IS NOT NULL THEN
      RAISE EXCEPTION 'a refund begins as a request' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (to_jsonb(NEW) - '{state,decided_by,decided_at,stripe_id,refusal,withdrawn_by,claimed_until}'::text[])
      <> (to_jsonb(OLD) - '{state,decided_by,decided_at,stripe_id,refusal,withdrawn_by,claimed_until}'::text[])
    OR (OLD.state <> 'requested' AND (NEW.decided_by, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by, OLD.decided_at))
    OR (OLD.stripe_id IS NOT NULL AND NEW.stripe_id IS DISTINCT FROM OLD.stripe_id)
    OR (NEW.claimed_until IS DISTINCT FROM OLD.claimed_until AND OLD.state <> 'approved')
    OR (NEW.state = OLD.state AND (to_jsonb(NEW) - 'claimed_until') <> (to_jsonb(OLD) - 'claimed_until')) THEN
    RAISE EXCEPTION 'refund % stays what was asked for and decided', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('requested', 'approved'), ('requested', 'rejected'), ('approved', 'sent'), ('approved', 'failed'), ('approved', 'withdrawn'), ('sent', 'failed')
  ) THEN
    RAISE EXCEPTION 'refund % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_asked BEFORE INSERT OR UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION keep_refund();
--> statement-breakpoint

-- A dispute that was won may be opened again by the donor's bank; one that is lost is over.
CREATE FUNCTION keep_card_dispute() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{state,closed_at}'::text[]) <> (to_jsonb(OLD) - '{state,closed_at}'::text[])
    OR (NEW.state = OLD.state AND NEW.closed_at IS DISTINCT FROM OLD.closed_at) THEN
    RAISE EXCEPTION 'dispute % stays as it was told', OLD.stripe_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('open', 'won'), ('open', 'lost'), ('won', 'open')) THEN
    RAISE EXCEPTION 'dispute % does not go from % to %', OLD.stripe_id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_told BEFORE UPDATE ON card_disputes FOR EACH ROW EXECUTE FUNCTION keep_card_dispute();
--> statement-breakpoint

-- A page is where Stripe said once, and its state moves on, never back. Who opened it may be forgotten.
CREATE FUNCTION keep_card_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE progress constant jsonb := '{"opening": 0, "open": 1, "processing": 2, "failed": 3, "expired": 3, "paid": 4}';
BEGIN
  IF (to_jsonb(NEW) - '{state,stripe_id,url,visitor}'::text[]) <> (to_jsonb(OLD) - '{state,stripe_id,url,visitor}'::text[])
    OR ((NEW.stripe_id, NEW.url) IS DISTINCT FROM (OLD.stripe_id, OLD.url) AND NOT (OLD.state = 'opening' AND NEW.state = 'open'))
    OR (NEW.visitor IS NOT NULL AND NEW.visitor IS DISTINCT FROM OLD.visitor) THEN
    RAISE EXCEPTION 'page % stays as it was opened', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (progress->>NEW.state)::integer <= (progress->>OLD.state)::integer THEN
    RAISE EXCEPTION 'page % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_opened BEFORE UPDATE ON card_sessions FOR EACH ROW EXECUTE FUNCTION keep_card_session();
--> statement-breakpoint

-- A warning stays what the bank said; that somebody looked at it is said once.
CREATE FUNCTION keep_card_warning() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{seen_by,seen_at}'::text[]) <> (to_jsonb(OLD) - '{seen_by,seen_at}'::text[])
    OR (OLD.seen_by IS NOT NULL AND (NEW.seen_by, NEW.seen_at) IS DISTINCT FROM (OLD.seen_by, OLD.seen_at)) THEN
    RAISE EXCEPTION 'warning % stays as it was told', OLD.stripe_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER as_told BEFORE UPDATE ON card_warnings FOR EACH ROW EXECUTE FUNCTION keep_card_warning();
--> statement-breakpoint

-- What is held has come, is not given, and is held by nobody else.
CREATE FUNCTION check_line_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1952738414, NEW.line_id);
  IF NEW.ended_by_event_id IS NOT NULL THEN
    RAISE EXCEPTION 'a hold on line % is laid before it ends', NEW.line_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.start_vnd < (
    SELECT u.end_vnd FROM line_uses u WHERE u.line_id = NEW.line_id AND u.start_vnd < NEW.end_vnd ORDER BY u.start_vnd DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'đồng % to % of line % are given already', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.start_vnd < (
    SELECT h.end_vnd FROM line_holds h WHERE h.line_id = NEW.line_id AND h.ended_by_event_id IS NULL AND h.start_vnd < NEW.end_vnd
      ORDER BY h.start_vnd DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'đồng % to % of line % are held already', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM intervals i WHERE i.line_id = NEW.line_id AND i.end_vnd >= NEW.end_vnd) THEN
    RAISE EXCEPTION 'line % has not received đồng %', NEW.line_id, NEW.end_vnd USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER held_once BEFORE INSERT ON line_holds FOR EACH ROW EXECUTE FUNCTION check_line_hold();
--> statement-breakpoint

-- No đồng is given twice, none before it came, and none that is held for something: its hold ends first.
CREATE OR REPLACE FUNCTION check_line_use() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Whoever gives from a line holds its lock; what is checked here cannot change under a writer that forgot it.
  PERFORM pg_advisory_xact_lock(1952738414, NEW.line_id);
  IF NEW.start_vnd < (
    SELECT u.end_vnd FROM line_uses u WHERE u.line_id = NEW.line_id AND u.start_vnd < NEW.end_vnd ORDER BY u.start_vnd DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'đồng % to % of line % are given already', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.start_vnd < (
    SELECT h.end_vnd FROM line_holds h WHERE h.line_id = NEW.line_id AND h.ended_by_event_id IS NULL AND h.start_vnd < NEW.end_vnd
      ORDER BY h.start_vnd DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'đồng % to % of line % are held', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM intervals i WHERE i.line_id = NEW.line_id AND i.end_vnd >= NEW.end_vnd) THEN
    RAISE EXCEPTION 'line % has not received đồng %', NEW.line_id, NEW.end_vnd USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- What the reserve or the fund stands in for are đồng of the gift that went back, that were given to something else, and once.
CREATE FUNCTION check_line_takeover() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1952738414, NEW.line_id);
  IF NEW.ended_by_event_id IS NOT NULL THEN
    RAISE EXCEPTION 'đồng of line % are taken over before they are handed back', NEW.line_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.end_vnd - NEW.start_vnd <> coalesce((
    SELECT sum(least(u.end_vnd, i.end_vnd, NEW.end_vnd) - greatest(u.start_vnd, i.start_vnd, NEW.start_vnd))
      FROM events e
      JOIN intervals i ON i.donation_id = e.donation_id AND i.line_id = NEW.line_id AND i.start_vnd < NEW.end_vnd AND i.end_vnd > NEW.start_vnd
      JOIN line_uses u ON u.line_id = NEW.line_id
        AND u.start_vnd < least(i.end_vnd, NEW.end_vnd) AND u.end_vnd > greatest(i.start_vnd, NEW.start_vnd)
      JOIN events by_use ON by_use.id = u.event_id AND by_use.donation_id IS DISTINCT FROM e.donation_id AND by_use.kind <> 'transfer_out'
      WHERE e.id = NEW.event_id AND e.kind = 'reserve_used'
  ), 0) THEN
    RAISE EXCEPTION 'đồng % to % of line % are no spent đồng of the gift', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM line_takeovers t WHERE t.line_id = NEW.line_id AND t.ended_by_event_id IS NULL
      AND t.start_vnd < NEW.end_vnd AND t.end_vnd > NEW.start_vnd
  ) THEN
    RAISE EXCEPTION 'đồng % to % of line % are taken over already', NEW.start_vnd, NEW.end_vnd, NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER taken_over_once BEFORE INSERT ON line_takeovers FOR EACH ROW EXECUTE FUNCTION check_line_takeover();
--> statement-breakpoint
DROP TRIGGER append_only ON line_takeovers;
--> statement-breakpoint
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON line_takeovers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER as_held BEFORE UPDATE ON line_takeovers FOR EACH ROW EXECUTE FUNCTION keep_line_hold();
