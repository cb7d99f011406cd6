-- The words by which a giver is found die with the name they are of, in the transaction that erases it (money.md §6).
-- The sequencer holds a giver while it lists their words, so that none is written once they are gone here.
CREATE FUNCTION erase_giver_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  giver record;
BEGIN
  FOR giver IN SELECT id, words FROM givers WHERE pledge_id = OLD.pledge_id AND words <> '{}' ORDER BY id FOR NO KEY UPDATE LOOP
    DELETE FROM giver_words w USING giver_sums s CROSS JOIN unnest(giver.words) AS of_name(word)
      WHERE s.giver_id = giver.id
        AND w.scope = s.scope AND w.year = s.year AND w.kind = s.kind AND w.word = of_name.word AND w.amount_vnd = s.amount_vnd AND w.giver_id = s.giver_id;
    UPDATE givers SET words = '{}' WHERE id = giver.id;
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER words_go_with_name AFTER DELETE OR UPDATE OF text ON disclosures FOR EACH ROW WHEN (OLD.field = 'name') EXECUTE FUNCTION erase_giver_words();
--> statement-breakpoint

-- What was handed over before it was kept with the totals of its line.
UPDATE line_totals t SET delivered_vnd = handed.vnd FROM (
  SELECT e.line_id, sum(u.to_unit * i.amount_vnd / i.units - u.from_unit * i.amount_vnd / i.units)::bigint AS vnd
  FROM deliveries d JOIN events e ON e.id = d.event_id JOIN event_positions p ON p.event_id = e.id
    JOIN delivery_units u ON u.delivery_id = d.id JOIN spend_items i ON i.spend_id = u.spend_id AND i.position = u.position GROUP BY e.line_id) handed
WHERE t.line_id = handed.line_id;
