CREATE TABLE "budget_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "budget_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"campaign_id" integer NOT NULL,
	"position" integer NOT NULL,
	"quantity" integer NOT NULL,
	"reason_vi" text NOT NULL,
	"reason_en" text NOT NULL,
	"state" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"event_id" bigint,
	CONSTRAINT "budget_changes_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "budget_changes_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "budget_changes_quantity" CHECK ("budget_changes"."quantity" > 0),
	CONSTRAINT "budget_changes_reason" CHECK (btrim("budget_changes"."reason_vi") <> '' and btrim("budget_changes"."reason_en") <> ''),
	CONSTRAINT "budget_changes_state" CHECK ("budget_changes"."state" in ('requested', 'approved', 'rejected')),
	CONSTRAINT "budget_changes_two_people" CHECK ("budget_changes"."decided_by" <> "budget_changes"."requested_by"),
	CONSTRAINT "budget_changes_decided" CHECK (num_nonnulls("budget_changes"."decided_by", "budget_changes"."decided_at") = case "budget_changes"."state" when 'requested' then 0 else 2 end and ("budget_changes"."event_id" is null) = ("budget_changes"."state" <> 'approved'))
);
--> statement-breakpoint
ALTER TABLE "spend_items" ADD COLUMN "budget_position" integer;--> statement-breakpoint
ALTER TABLE "budget_changes" ADD CONSTRAINT "budget_changes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_changes" ADD CONSTRAINT "budget_changes_line" FOREIGN KEY ("campaign_id","position") REFERENCES "public"."budget_lines"("campaign_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_changes_line_of" ON "budget_changes" USING btree ("campaign_id","position","id");