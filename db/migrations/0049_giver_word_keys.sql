-- As before, but each row is found by its whole key: a plan that was made while the lists were empty reads all of them.
CREATE OR REPLACE FUNCTION erase_giver_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  giver record;
BEGIN
  FOR giver IN SELECT id, words FROM givers WHERE pledge_id = OLD.pledge_id AND words <> '{}' ORDER BY id FOR NO KEY UPDATE LOOP
    DELETE FROM giver_words WHERE ctid = ANY (ARRAY (
      SELECT listed.ctid FROM giver_sums s CROSS JOIN unnest(giver.words) AS of_name(word)
        CROSS JOIN LATERAL (SELECT w.ctid FROM giver_words w WHERE w.scope = s.scope AND w.year = s.year AND w.kind = s.kind
          AND w.word = of_name.word AND w.amount_vnd = s.amount_vnd AND w.giver_id = s.giver_id LIMIT 1) AS listed
      WHERE s.giver_id = giver.id));
    UPDATE givers SET words = '{}' WHERE id = giver.id;
  END LOOP;
  RETURN NULL;
END $$;
