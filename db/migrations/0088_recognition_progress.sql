CREATE TABLE "recognition_progress" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"next_position" bigint NOT NULL,
	CONSTRAINT "recognition_progress_one_row" CHECK ("recognition_progress"."id" = 1)
);
--> statement-breakpoint
-- Until now recognition was written with the places: it has come as far as they have, unless what was there before it was never added.
INSERT INTO recognition_progress (next_position)
SELECT max(position) + 1 FROM event_positions
WHERE EXISTS (SELECT 1 FROM load_steps WHERE name = 'recognition/earlier') HAVING count(*) > 0;
