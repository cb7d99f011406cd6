-- Whose words are taken out of the statement, their files are made anew: from now on none of them is served as it was.
CREATE OR REPLACE FUNCTION forget_line_words(of_pledge bigint) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
  UPDATE public_line_files SET changes = changes + 1 WHERE period IN (
    SELECT unnest(ARRAY[to_char(day, 'YYYY-MM-DD'), to_char(day, 'YYYY-MM'), to_char(day, 'YYYY')]) FROM public_lines WHERE pledge_id = of_pledge);
  -- What may still be shown of it is listed anew.
  INSERT INTO public_lines_due (pledge_id) SELECT of_pledge WHERE EXISTS (SELECT 1 FROM donations WHERE pledge_id = of_pledge);
END $$;
--> statement-breakpoint

-- Lines are listed anew from the beginning: by month as well, and with sums of all pots together.
TRUNCATE public_lines, public_line_words, public_line_sums, public_line_progress, public_lines_due;
