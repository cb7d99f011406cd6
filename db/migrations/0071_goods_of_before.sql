-- Goods that nobody had promised were written down together with a pledge of their own, in one moment. Those of before are
-- told from promises by it: what somebody promises is not brought in the same second.
UPDATE goods_pledges g SET is_walk_in = true
FROM pledges p
WHERE p.id = g.pledge_id AND EXISTS (
  SELECT 1 FROM goods_receipts r WHERE r.pledge_id = p.id AND r.created_at BETWEEN p.created_at AND p.created_at + interval '1 second'
);
