CREATE TABLE "goods_intervals" (
	"line_id" integer NOT NULL,
	"start_unit" bigint NOT NULL,
	"end_unit" bigint NOT NULL,
	"previous_end_unit" bigint GENERATED ALWAYS AS (nullif(start_unit, 0)) STORED,
	"event_id" bigint NOT NULL,
	"receipt_id" bigint NOT NULL,
	CONSTRAINT "goods_intervals_line_id_start_unit_pk" PRIMARY KEY("line_id","start_unit"),
	CONSTRAINT "goods_intervals_receipt_id_unique" UNIQUE("receipt_id"),
	CONSTRAINT "goods_intervals_end" UNIQUE("line_id","end_unit"),
	CONSTRAINT "goods_intervals_order" CHECK ("goods_intervals"."start_unit" >= 0 and "goods_intervals"."end_unit" > "goods_intervals"."start_unit")
);
--> statement-breakpoint
CREATE TABLE "goods_lines" (
	"line_id" integer PRIMARY KEY NOT NULL,
	"unit" text NOT NULL,
	"campaign_id" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "goods_lines_one_each" UNIQUE("campaign_id","position"),
	CONSTRAINT "goods_lines_never_money" CHECK ("goods_lines"."unit" <> 'VND')
);
--> statement-breakpoint
CREATE TABLE "goods_pledges" (
	"pledge_id" bigint PRIMARY KEY NOT NULL,
	"campaign_id" integer NOT NULL,
	"method" text GENERATED ALWAYS AS ('goods') STORED NOT NULL,
	"nature" text NOT NULL,
	CONSTRAINT "goods_pledges_campaign" UNIQUE("pledge_id","campaign_id"),
	CONSTRAINT "goods_pledges_nature" CHECK ("goods_pledges"."nature" in ('goods', 'service'))
);
--> statement-breakpoint
CREATE TABLE "goods_receipts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "goods_receipts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"pledge_id" bigint NOT NULL,
	"line_id" integer NOT NULL,
	"entry_id" bigint NOT NULL,
	"form_key" text NOT NULL,
	"units" bigint NOT NULL,
	"condition" text,
	"meets_standard" boolean NOT NULL,
	"document_reference" text,
	"stated_value_vnd" bigint,
	"received_on" date NOT NULL,
	"received_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goods_receipts_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "goods_receipts_once" UNIQUE("form_key","line_id"),
	CONSTRAINT "goods_receipts_units" CHECK ("goods_receipts"."units" between 1 and 1000000),
	CONSTRAINT "goods_receipts_condition" CHECK ("goods_receipts"."condition" in ('new', 'used')),
	CONSTRAINT "goods_receipts_standard" CHECK ("goods_receipts"."meets_standard"),
	CONSTRAINT "goods_receipts_document" CHECK ("goods_receipts"."document_reference" ~ '^[0-9A-ZĐ./-]{1,40}$'),
	CONSTRAINT "goods_receipts_value" CHECK ("goods_receipts"."stated_value_vnd" > 0)
);
--> statement-breakpoint
CREATE TABLE "goods_refusals" (
	"pledge_id" bigint PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"refused_by" text NOT NULL,
	"refused_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goods_refusals_reason" CHECK ("goods_refusals"."reason" in ('below_standard', 'not_needed', 'cannot_handle', 'not_reached'))
);
--> statement-breakpoint
CREATE TABLE "goods_totals" (
	"line_id" integer PRIMARY KEY NOT NULL,
	"received_units" bigint NOT NULL,
	"receipts" integer NOT NULL,
	CONSTRAINT "goods_totals_counts" CHECK ("goods_totals"."received_units" >= "goods_totals"."receipts" and "goods_totals"."receipts" > 0)
);
--> statement-breakpoint
CREATE TABLE "pledge_items" (
	"pledge_id" bigint NOT NULL,
	"campaign_id" integer NOT NULL,
	"position" integer NOT NULL,
	"units" bigint NOT NULL,
	CONSTRAINT "pledge_items_pledge_id_position_pk" PRIMARY KEY("pledge_id","position"),
	CONSTRAINT "pledge_items_units" CHECK ("pledge_items"."units" between 1 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "line_unit" text GENERATED ALWAYS AS ('VND') STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "units" bigint;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "goods_receipt_id" bigint;--> statement-breakpoint
ALTER TABLE "pledge_contacts" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "pledge_contacts" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD COLUMN "unit" text DEFAULT 'VND' NOT NULL;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_of_goods" UNIQUE("id","campaign_id","method");--> statement-breakpoint
ALTER TABLE "ledgers" ADD CONSTRAINT "ledgers_unit" UNIQUE("id","unit");--> statement-breakpoint
ALTER TABLE "lines" ADD CONSTRAINT "lines_unit" UNIQUE("id","unit");--> statement-breakpoint
ALTER TABLE "goods_intervals" ADD CONSTRAINT "goods_intervals_line_id_goods_lines_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."goods_lines"("line_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_intervals" ADD CONSTRAINT "goods_intervals_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_intervals" ADD CONSTRAINT "goods_intervals_receipt_id_goods_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."goods_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_intervals" ADD CONSTRAINT "goods_intervals_chain" FOREIGN KEY ("line_id","previous_end_unit") REFERENCES "public"."goods_intervals"("line_id","end_unit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_lines" ADD CONSTRAINT "goods_lines_line" FOREIGN KEY ("line_id","unit") REFERENCES "public"."lines"("id","unit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_lines" ADD CONSTRAINT "goods_lines_budget_line" FOREIGN KEY ("campaign_id","position") REFERENCES "public"."budget_lines"("campaign_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_pledges" ADD CONSTRAINT "goods_pledges_pledge" FOREIGN KEY ("pledge_id","campaign_id","method") REFERENCES "public"."pledges"("id","campaign_id","method") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_receipts" ADD CONSTRAINT "goods_receipts_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_receipts" ADD CONSTRAINT "goods_receipts_pledge_id_goods_pledges_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."goods_pledges"("pledge_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_receipts" ADD CONSTRAINT "goods_receipts_line_id_goods_lines_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."goods_lines"("line_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_receipts" ADD CONSTRAINT "goods_receipts_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_refusals" ADD CONSTRAINT "goods_refusals_pledge_id_goods_pledges_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."goods_pledges"("pledge_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goods_totals" ADD CONSTRAINT "goods_totals_line_id_goods_lines_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."goods_lines"("line_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_items" ADD CONSTRAINT "pledge_items_pledge" FOREIGN KEY ("pledge_id","campaign_id") REFERENCES "public"."goods_pledges"("pledge_id","campaign_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_items" ADD CONSTRAINT "pledge_items_budget_line" FOREIGN KEY ("campaign_id","position") REFERENCES "public"."budget_lines"("campaign_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "goods_intervals_event" ON "goods_intervals" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "goods_receipts_pledge" ON "goods_receipts" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "goods_receipts_line" ON "goods_receipts" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "pledge_items_budget" ON "pledge_items" USING btree ("campaign_id","position");--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_line_of_money" FOREIGN KEY ("line_id","line_unit") REFERENCES "public"."lines"("id","unit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_overflow_of_money" FOREIGN KEY ("overflow_line_id","line_unit") REFERENCES "public"."lines"("id","unit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_goods_receipt_id_goods_receipts_id_fk" FOREIGN KEY ("goods_receipt_id") REFERENCES "public"."goods_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_ledger_unit" FOREIGN KEY ("ledger_id","unit") REFERENCES "public"."ledgers"("id","unit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_line_unit" FOREIGN KEY ("line_id","unit") REFERENCES "public"."lines"("id","unit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "events_goods_receipt" ON "events" USING btree ("goods_receipt_id") WHERE goods_receipt_id is not null;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_units_positive" CHECK ("events"."units" > 0);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_money_or_goods" CHECK ("events"."units" is null or num_nonnulls("events"."amount_vnd", "events"."donation_id") = 0);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_goods" CHECK (("events"."units" is null) = ("events"."goods_receipt_id" is null));--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_goods" CHECK ("ledger_accounts"."kind" = 'line' or ("ledger_accounts"."kind" = 'stock') = ("ledger_accounts"."unit" <> 'VND'));--> statement-breakpoint
ALTER TABLE "lines" ADD CONSTRAINT "lines_goods_of_campaign" CHECK ("lines"."unit" = 'VND' or "lines"."kind" = 'campaign');