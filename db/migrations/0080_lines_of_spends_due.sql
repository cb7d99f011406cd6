-- Lines of spends are found by what was bought and from whom: listed anew by the step that keeps the statement.
INSERT INTO public_lines_due (bank_transaction_id)
  SELECT DISTINCT bank_transaction_id FROM public_lines WHERE spend_id IS NOT NULL AND class IN ('spend', 'supplier_refund');
