-- A period stands among the files from its first line on: those that have none yet are known by that.
INSERT INTO public_line_files (period, changes)
  SELECT DISTINCT p.period, 0 FROM public_line_sums s
    CROSS JOIN LATERAL (VALUES (to_char(s.day, 'YYYY-MM-DD')), (to_char(s.day, 'YYYY-MM')), (to_char(s.day, 'YYYY'))) AS p(period)
  WHERE s.line_id = -1 AND s.lines > 0
  ON CONFLICT DO NOTHING;
