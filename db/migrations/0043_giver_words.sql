CREATE TABLE "giver_words" (
	"scope" text NOT NULL,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"word" text collate "C" NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"giver_id" bigint NOT NULL,
	CONSTRAINT "giver_words_scope_year_kind_word_amount_vnd_giver_id_pk" PRIMARY KEY("scope","year","kind","word","amount_vnd","giver_id")
);
--> statement-breakpoint
ALTER TABLE "line_totals" DROP CONSTRAINT "line_totals_counts";--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "delivered_vnd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "givers" ADD COLUMN "words" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "events_line_out" ON "events" USING btree ("line_id","id") WHERE kind in ('spend_paid', 'spend_refunded', 'transfer_out');--> statement-breakpoint
ALTER TABLE "line_totals" ADD CONSTRAINT "line_totals_counts" CHECK (least("line_totals"."returned_vnd", "line_totals"."moved_vnd", "line_totals"."reentered_vnd", "line_totals"."spent_vnd", "line_totals"."delivered_vnd", "line_totals"."gifts") >= 0 and "line_totals"."spent_vnd" <= "line_totals"."net_vnd");