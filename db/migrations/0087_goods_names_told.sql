-- Names of givers of goods that were corrected after the goods came, which no event told before.
INSERT INTO events (kind, idempotency_key, fund_id, day, facts, goods_receipt_id, created_at)
  SELECT 'name_changed', 'name:goods:' || r.id || ':0', r.fund_id, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    jsonb_strip_nulls(jsonb_build_object('nameCommitment', d.commitment)), r.id, now()
  FROM goods_receipts r
  JOIN events e ON e.goods_receipt_id = r.id AND e.kind = 'goods_received'
  LEFT JOIN disclosures d ON d.pledge_id = r.pledge_id AND d.field = 'name'
  WHERE d.commitment IS DISTINCT FROM e.facts->>'nameCommitment'
    AND NOT (d.commitment IS NULL AND EXISTS (SELECT 1 FROM events x WHERE x.goods_receipt_id = r.id AND x.kind = 'erasure'))
  ORDER BY r.id;
