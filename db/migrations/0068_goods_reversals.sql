CREATE TABLE "goods_reversals" (
	"receipt_id" bigint PRIMARY KEY NOT NULL,
	"entry_id" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"form_key" text NOT NULL,
	"reversed_by" text NOT NULL,
	"reversed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goods_reversals_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "goods_reversals_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "goods_reversals_form_key_unique" UNIQUE("form_key"),
	CONSTRAINT "goods_reversals_reason" CHECK ("goods_reversals"."reason" in ('wrong_count', 'wrong_item', 'wrong_giver', 'written_twice', 'not_received', 'given_back'))
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_goods";--> statement-breakpoint
ALTER TABLE "goods_totals" DROP CONSTRAINT "goods_totals_counts";--> statement-breakpoint
DROP INDEX "events_goods_receipt";--> statement-breakpoint
ALTER TABLE "goods_pledges" ADD COLUMN "is_walk_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "goods_totals" ADD COLUMN "reversed_units" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "goods_reversals" ADD CONSTRAINT "goods_reversals_receipt_id_goods_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."goods_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_reversals" ADD CONSTRAINT "goods_reversals_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_reversals" ADD CONSTRAINT "goods_reversals_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "events_goods_once" ON "events" USING btree ("goods_receipt_id","kind") WHERE units is not null;--> statement-breakpoint
CREATE INDEX "events_goods_receipt" ON "events" USING btree ("goods_receipt_id") WHERE goods_receipt_id is not null;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_goods" CHECK ("events"."units" is null or "events"."goods_receipt_id" is not null);--> statement-breakpoint
ALTER TABLE "goods_totals" ADD CONSTRAINT "goods_totals_counts" CHECK ("goods_totals"."received_units" - "goods_totals"."reversed_units" >= "goods_totals"."receipts" and "goods_totals"."receipts" >= 0 and "goods_totals"."reversed_units" >= 0);