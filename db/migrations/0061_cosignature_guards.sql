-- What a witness said of a checkpoint stays said.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_witnesses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_cosignatures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
