-- A key that ever sealed a paper stays known: papers from before a change can be checked for ever.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
