-- Gifts by card that came too late for their campaign are told as what they are, by the step that keeps the statement.
INSERT INTO public_lines_due (pledge_id)
  SELECT DISTINCT pledge_id FROM public_lines WHERE channel = 'card' AND class = 'unplaced' AND pledge_id IS NOT NULL;
--> statement-breakpoint
-- Files of closed periods said that a bank's statement has cards and cash, and that money goes back which went back long ago:
-- days with such lines are made anew in other words.
UPDATE public_line_files SET changes = changes + 1 WHERE period IN (
  SELECT unnest(ARRAY[to_char(day, 'YYYY-MM-DD'), to_char(day, 'YYYY-MM'), to_char(day, 'YYYY')])
  FROM (SELECT day FROM public_line_sums WHERE channel <> 'bank' AND lines > 0 UNION SELECT day FROM public_lines WHERE class = 'to_return') AS d);
