CREATE TABLE "advance_moves" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "advance_moves_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"advance_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"happened_on" date NOT NULL,
	"entry_id" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "advance_moves_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "advance_moves_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "advance_moves_kind" CHECK ("advance_moves"."kind" in ('given', 'settled', 'returned', 'given_undone', 'returned_undone')),
	CONSTRAINT "advance_moves_amount" CHECK ("advance_moves"."amount_vnd" > 0)
);
--> statement-breakpoint
CREATE TABLE "spend_advances" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "spend_advances_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"spend_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"held_by" text NOT NULL,
	"due_on" date NOT NULL,
	"idempotency_key" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"dropped_by" text,
	"dropped_at" timestamp with time zone,
	CONSTRAINT "spend_advances_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "spend_advances_amount" CHECK ("spend_advances"."amount_vnd" > 0),
	CONSTRAINT "spend_advances_two_people" CHECK ("spend_advances"."held_by" <> "spend_advances"."recorded_by"),
	CONSTRAINT "spend_advances_dropped" CHECK (("spend_advances"."dropped_by" is null) = ("spend_advances"."dropped_at" is null))
);
--> statement-breakpoint
ALTER TABLE "papers" DROP CONSTRAINT "papers_kind";--> statement-breakpoint
ALTER TABLE "papers" DROP CONSTRAINT "papers_two_people";--> statement-breakpoint
ALTER TABLE "papers" DROP CONSTRAINT "papers_released";--> statement-breakpoint
ALTER TABLE "consents" ALTER COLUMN "delivery_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "copy" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ALTER COLUMN "delivery_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ALTER COLUMN "consent_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD COLUMN "advance_id" bigint;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "draft_id" integer;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "copy_by" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "draft_id" integer;--> statement-breakpoint
ALTER TABLE "organisation_logos" ADD COLUMN "fund_id" integer;--> statement-breakpoint
ALTER TABLE "spend_payments" ADD COLUMN "advance_id" bigint;--> statement-breakpoint
ALTER TABLE "spends" ADD COLUMN "replaces_id" bigint;--> statement-breakpoint
ALTER TABLE "advance_moves" ADD CONSTRAINT "advance_moves_advance_id_spend_advances_id_fk" FOREIGN KEY ("advance_id") REFERENCES "public"."spend_advances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "advance_moves" ADD CONSTRAINT "advance_moves_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "advance_moves" ADD CONSTRAINT "advance_moves_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_advances" ADD CONSTRAINT "spend_advances_spend_id_spends_id_fk" FOREIGN KEY ("spend_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "advance_moves_advance" ON "advance_moves" USING btree ("advance_id");--> statement-breakpoint
CREATE INDEX "spend_advances_spend" ON "spend_advances" USING btree ("spend_id");--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_advance_id_spend_advances_id_fk" FOREIGN KEY ("advance_id") REFERENCES "public"."spend_advances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_draft_id_campaign_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."campaign_drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_draft_id_campaign_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."campaign_drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_draft" UNIQUE("id","draft_id");--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_consent_of_draft" FOREIGN KEY ("consent_id","draft_id") REFERENCES "public"."consents"("id","draft_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_logos" ADD CONSTRAINT "organisation_logos_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_payments" ADD CONSTRAINT "spend_payments_advance_id_spend_advances_id_fk" FOREIGN KEY ("advance_id") REFERENCES "public"."spend_advances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spends" ADD CONSTRAINT "spends_replaces_id_spends_id_fk" FOREIGN KEY ("replaces_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_of_draft" ON "consents" USING btree ("draft_id");--> statement-breakpoint
CREATE INDEX "photos_draft" ON "photos" USING btree ("draft_id","id");--> statement-breakpoint
CREATE INDEX "organisation_logos_fund" ON "organisation_logos" USING btree ("fund_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "spends_replaces" ON "spends" USING btree ("replaces_id") WHERE state <> 'rejected';--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_of" CHECK (num_nonnulls("consents"."delivery_id", "consents"."draft_id") = 1);--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_copy" CHECK ("papers"."copy_by" is null or "papers"."copy" is not null);--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_kind" CHECK ("papers"."kind" in ('handover', 'invoice', 'receipt', 'quotation'));--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_two_people" CHECK ("papers"."released_by" <> "papers"."added_by" and "papers"."released_by" <> "papers"."copy_by");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_released" CHECK (num_nonnulls("papers"."released_by", "papers"."released_as", "papers"."released_at", "papers"."event_id") in (0, 4) and ("papers"."released_by" is null or "papers"."copy" is not null));--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_of" CHECK (num_nonnulls("photos"."delivery_id", "photos"."draft_id") = 1);--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_drawn" CHECK ("photos"."consent_id" is not null or "photos"."draft_id" is not null);