-- A logo is released by a second person and withdrawn for ever, as photos are.

CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON organisation_logos FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER as_recorded BEFORE UPDATE ON organisation_logos FOR EACH ROW EXECUTE FUNCTION keep_evidence();
