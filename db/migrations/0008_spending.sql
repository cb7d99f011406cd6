CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"spend_id" bigint NOT NULL,
	"campaign_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"place_vi" text NOT NULL,
	"place_en" text NOT NULL,
	"delivered_on" date NOT NULL,
	"children" integer NOT NULL,
	"note_vi" text NOT NULL,
	"note_en" text NOT NULL,
	"event_id" bigint NOT NULL,
	"idempotency_key" text NOT NULL,
	"reported_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "deliveries_slug_unique" UNIQUE("slug"),
	CONSTRAINT "deliveries_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "deliveries_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "deliveries_children" CHECK ("deliveries"."children" > 0)
);
--> statement-breakpoint
CREATE TABLE "delivery_units" (
	"delivery_id" bigint NOT NULL,
	"spend_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"from_unit" integer NOT NULL,
	"to_unit" integer NOT NULL,
	CONSTRAINT "delivery_units_delivery_id_position_pk" PRIMARY KEY("delivery_id","position"),
	CONSTRAINT "delivery_units_begin" UNIQUE("spend_id","position","from_unit"),
	CONSTRAINT "delivery_units_end" UNIQUE("spend_id","position","to_unit"),
	CONSTRAINT "delivery_units_order" CHECK ("delivery_units"."from_unit" >= 0 and "delivery_units"."to_unit" > "delivery_units"."from_unit")
);
--> statement-breakpoint
CREATE TABLE "line_outflows" (
	"line_id" integer PRIMARY KEY NOT NULL,
	"used_vnd" bigint NOT NULL,
	"held_vnd" bigint NOT NULL,
	"reserved_vnd" bigint NOT NULL,
	"first_free_vnd" bigint NOT NULL,
	CONSTRAINT "line_outflows_counts" CHECK (least("line_outflows"."used_vnd", "line_outflows"."held_vnd", "line_outflows"."reserved_vnd", "line_outflows"."first_free_vnd") >= 0)
);
--> statement-breakpoint
CREATE TABLE "moved_parts" (
	"event_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"donation_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	CONSTRAINT "moved_parts_event_id_position_pk" PRIMARY KEY("event_id","position"),
	CONSTRAINT "moved_parts_amount" CHECK ("moved_parts"."amount_vnd" > 0)
);
--> statement-breakpoint
CREATE TABLE "spend_items" (
	"spend_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"item_vi" text NOT NULL,
	"item_en" text NOT NULL,
	"unit_vi" text NOT NULL,
	"unit_en" text NOT NULL,
	"units" integer NOT NULL,
	"amount_vnd" bigint NOT NULL,
	CONSTRAINT "spend_items_spend_id_position_pk" PRIMARY KEY("spend_id","position"),
	CONSTRAINT "spend_items_counts" CHECK ("spend_items"."position" >= 0 and "spend_items"."units" > 0 and "spend_items"."amount_vnd" >= "spend_items"."units")
);
--> statement-breakpoint
CREATE TABLE "spend_payments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "spend_payments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"spend_id" bigint NOT NULL,
	"from_vnd" bigint NOT NULL,
	"to_vnd" bigint NOT NULL,
	"paid_on" date NOT NULL,
	"entry_id" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spend_payments_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "spend_payments_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "spend_payments_begin" UNIQUE("spend_id","from_vnd"),
	CONSTRAINT "spend_payments_end" UNIQUE("spend_id","to_vnd"),
	CONSTRAINT "spend_payments_order" CHECK ("spend_payments"."from_vnd" >= 0 and "spend_payments"."to_vnd" > "spend_payments"."from_vnd")
);
--> statement-breakpoint
CREATE TABLE "spend_refunds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "spend_refunds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"spend_id" bigint NOT NULL,
	"from_vnd" bigint NOT NULL,
	"to_vnd" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spend_refunds_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "spend_refunds_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "spend_refunds_begin" UNIQUE("spend_id","from_vnd"),
	CONSTRAINT "spend_refunds_end" UNIQUE("spend_id","to_vnd"),
	CONSTRAINT "spend_refunds_order" CHECK ("spend_refunds"."from_vnd" >= 0 and "spend_refunds"."to_vnd" > "spend_refunds"."from_vnd")
);
--> statement-breakpoint
CREATE TABLE "spends" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "spends_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"campaign_id" integer NOT NULL,
	"line_id" integer NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"supplier" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"state" text NOT NULL,
	"reason_vi" text,
	"reason_en" text,
	"due_on" date NOT NULL,
	"idempotency_key" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "spends_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "spends_amount" CHECK ("spends"."amount_vnd" > 0),
	CONSTRAINT "spends_state" CHECK ("spends"."state" in ('requested', 'approved', 'paid', 'settled', 'rejected', 'cancelled')),
	CONSTRAINT "spends_two_people" CHECK ("spends"."decided_by" is null or "spends"."decided_by" <> "spends"."requested_by"),
	CONSTRAINT "spends_decided" CHECK (("spends"."decided_by" is null) = ("spends"."decided_at" is null) and ("spends"."state" = 'requested') = ("spends"."decided_by" is null)),
	CONSTRAINT "spends_reason" CHECK (("spends"."state" in ('rejected', 'cancelled')) = ("spends"."reason_vi" is not null and "spends"."reason_en" is not null))
);
--> statement-breakpoint
ALTER TABLE "line_totals" DROP CONSTRAINT "line_totals_counts";--> statement-breakpoint
ALTER TABLE "line_totals" drop column "net_vnd";--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "moved_vnd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "reentered_vnd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "spent_vnd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "net_vnd" bigint GENERATED ALWAYS AS (received_vnd - returned_vnd - moved_vnd - reentered_vnd) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_spend_id_spends_id_fk" FOREIGN KEY ("spend_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_units" ADD CONSTRAINT "delivery_units_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_units" ADD CONSTRAINT "delivery_units_item" FOREIGN KEY ("spend_id","position") REFERENCES "public"."spend_items"("spend_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_outflows" ADD CONSTRAINT "line_outflows_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moved_parts" ADD CONSTRAINT "moved_parts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moved_parts" ADD CONSTRAINT "moved_parts_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_items" ADD CONSTRAINT "spend_items_spend_id_spends_id_fk" FOREIGN KEY ("spend_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_payments" ADD CONSTRAINT "spend_payments_spend_id_spends_id_fk" FOREIGN KEY ("spend_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_payments" ADD CONSTRAINT "spend_payments_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_payments" ADD CONSTRAINT "spend_payments_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_refunds" ADD CONSTRAINT "spend_refunds_spend_id_spends_id_fk" FOREIGN KEY ("spend_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_refunds" ADD CONSTRAINT "spend_refunds_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_refunds" ADD CONSTRAINT "spend_refunds_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spends" ADD CONSTRAINT "spends_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spends" ADD CONSTRAINT "spends_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spends" ADD CONSTRAINT "spends_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_campaign" ON "deliveries" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_unit" ON "deliveries" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_spend" ON "deliveries" USING btree ("spend_id");--> statement-breakpoint
CREATE INDEX "moved_parts_donation" ON "moved_parts" USING btree ("donation_id");--> statement-breakpoint
CREATE INDEX "spends_campaign" ON "spends" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "spends_reserved" ON "spends" USING btree ("line_id") WHERE state = 'approved';--> statement-breakpoint
ALTER TABLE "line_totals" ADD CONSTRAINT "line_totals_counts" CHECK (least("line_totals"."returned_vnd", "line_totals"."moved_vnd", "line_totals"."reentered_vnd", "line_totals"."spent_vnd", "line_totals"."gifts") >= 0 and "line_totals"."spent_vnd" <= "line_totals"."net_vnd");