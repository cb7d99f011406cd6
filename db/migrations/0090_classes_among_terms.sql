WITH own AS (
  SELECT day, fund_id, channel, coalesce(receiving_account_id, 0) AS account, coalesce(line_id, 0) AS pot, direction, is_move, class,
    count(*) AS lines, sum(amount_vnd)::bigint AS vnd
  FROM public_lines GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
INSERT INTO public_line_sums (day, fund_id, channel, receiving_account_id, line_id, direction, is_move, class, lines, vnd)
  SELECT * FROM own
  UNION ALL
  SELECT day, fund_id, channel, account, -1, direction, is_move, class, sum(lines)::bigint, sum(vnd)::bigint FROM own GROUP BY 1, 2, 3, 4, 6, 7, 8;
--> statement-breakpoint
-- Lines that are no gift, which are few, have what they are among their terms (lib/public-lines/model.ts), stretch by stretch.
DO $$
DECLARE
  at_once CONSTANT bigint := 50000;
  next bigint := 0;
  last bigint;
BEGIN
  -- No stretch is found by a look at all lines, whatever is known of their number.
  PERFORM set_config('enable_seqscan', 'off', true);
  SELECT max(id) INTO last FROM public_lines;
  WHILE next <= last LOOP
    UPDATE public_lines l SET terms = ARRAY(SELECT term FROM unnest(l.terms || c.term) AS term ORDER BY term)
      FROM (VALUES
        ('unplaced', -400000001), ('to_return', -400000002), ('payout', -400000003), ('interest', -400000004),
        ('fee', -400000005), ('own_transfer', -400000006), ('budget_repayment', -400000007), ('not_ours', -400000008),
        ('refund', -400000009), ('refund_returned', -400000010), ('spend', -400000011), ('supplier_refund', -400000012),
        ('advance', -400000013), ('advance_returned', -400000014), ('cash_banked', -400000015), ('dispute_lost', -400000016),
        ('waiting', -400000017)) AS c(class, term)
      WHERE l.id >= next AND l.id < next + at_once AND l.class = c.class;
    next := next + at_once;
  END LOOP;
  PERFORM set_config('enable_seqscan', 'on', true);
END $$;
