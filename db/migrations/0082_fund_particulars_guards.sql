-- What a fund wrote of where it is found stays known: what is printed on papers is never written over.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fund_particulars FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
