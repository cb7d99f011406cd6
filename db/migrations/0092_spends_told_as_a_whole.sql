-- A spend of which a part went to fewer than five children is told only as a whole: nothing of it is counted as handed over by piece.
UPDATE "line_totals" t SET "delivered_vnd" = t."delivered_vnd" - untold.vnd
  FROM (SELECT e."line_id", sum(u."to_unit" * i."amount_vnd" / i."units" - u."from_unit" * i."amount_vnd" / i."units")::bigint AS vnd
    FROM "deliveries" d JOIN "events" e ON e."id" = d."event_id" JOIN "event_positions" p ON p."event_id" = e."id"
      JOIN "delivery_units" u ON u."delivery_id" = d."id"
      JOIN "spend_items" i ON i."spend_id" = u."spend_id" AND i."position" = u."position"
    WHERE d."spend_id" IN (SELECT f."spend_id" FROM "deliveries" f JOIN "event_positions" q ON q."event_id" = f."event_id" WHERE f."children" < 5)
    GROUP BY e."line_id") untold
  WHERE t."line_id" = untold."line_id";
