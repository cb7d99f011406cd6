CREATE TABLE "giver_lists" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "giver_lists_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	CONSTRAINT "giver_lists_name_unique" UNIQUE("name")
);
--> statement-breakpoint
-- Both are read models: they are made anew, of what each gift added and of the words of its giver.
DROP TABLE "giver_words";--> statement-breakpoint
DROP TABLE "giver_sums";--> statement-breakpoint
CREATE TABLE "giver_sums" (
	"giver_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"list_id" integer NOT NULL,
	"gifts" integer NOT NULL,
	CONSTRAINT "giver_sums_giver_id_list_id_pk" PRIMARY KEY("giver_id","list_id"),
	CONSTRAINT "giver_sums_counts" CHECK ("giver_sums"."amount_vnd" >= 0 and "giver_sums"."gifts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "giver_words" (
	"amount_vnd" bigint NOT NULL,
	"giver_id" bigint NOT NULL,
	"list_id" integer NOT NULL,
	"word" text collate "C" NOT NULL,
	CONSTRAINT "giver_words_list_id_word_amount_vnd_giver_id_pk" PRIMARY KEY("list_id","word","amount_vnd","giver_id")
);
--> statement-breakpoint
WITH told AS MATERIALIZED (
  SELECT r.giver_id, s.scope || ' ' || y.year || ' ' || g.kind AS name, r.amount_vnd FROM recognised_gifts r JOIN givers g ON g.id = r.giver_id
    CROSS JOIN LATERAL (VALUES (''), ('quy:' || r.fund_id), ('xa:' || r.unit_id), ('loai:' || r.category)) AS s(scope)
    CROSS JOIN LATERAL (VALUES (0), (r.year::int)) AS y(year)
  WHERE s.scope IS NOT NULL),
numbered AS (INSERT INTO giver_lists (name) SELECT DISTINCT name FROM told ORDER BY name RETURNING id, name)
INSERT INTO giver_sums (giver_id, amount_vnd, list_id, gifts)
SELECT t.giver_id, sum(t.amount_vnd), n.id, count(*) FILTER (WHERE t.amount_vnd > 0) FROM told t JOIN numbered n USING (name) GROUP BY t.giver_id, n.id;
--> statement-breakpoint
INSERT INTO giver_words (amount_vnd, giver_id, list_id, word)
SELECT s.amount_vnd, s.giver_id, s.list_id, of_name.word FROM giver_sums s JOIN givers g ON g.id = s.giver_id CROSS JOIN unnest(g.words) AS of_name(word)
WHERE s.amount_vnd > 0 ORDER BY s.list_id, of_name.word COLLATE "C", s.amount_vnd, s.giver_id;
--> statement-breakpoint
CREATE INDEX "giver_sums_order" ON "giver_sums" USING btree ("list_id","amount_vnd","giver_id") WHERE amount_vnd > 0;
--> statement-breakpoint
-- As before, by the numbers of lists.
CREATE OR REPLACE FUNCTION erase_giver_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  giver record;
BEGIN
  FOR giver IN SELECT id, words FROM givers WHERE pledge_id = OLD.pledge_id AND words <> '{}' ORDER BY id FOR NO KEY UPDATE LOOP
    DELETE FROM giver_words WHERE ctid = ANY (ARRAY (
      SELECT listed.ctid FROM giver_sums s CROSS JOIN unnest(giver.words) AS of_name(word)
        CROSS JOIN LATERAL (SELECT w.ctid FROM giver_words w WHERE w.list_id = s.list_id
          AND w.word = of_name.word AND w.amount_vnd = s.amount_vnd AND w.giver_id = s.giver_id LIMIT 1) AS listed
      WHERE s.giver_id = giver.id));
    UPDATE givers SET words = '{}' WHERE id = giver.id;
  END LOOP;
  RETURN NULL;
END $$;
