CREATE TABLE "card_warnings" (
	"stripe_id" text PRIMARY KEY NOT NULL,
	"donation_id" bigint NOT NULL,
	"fraud_type" text NOT NULL,
	"warned_at" timestamp with time zone NOT NULL,
	"seen_by" text,
	"seen_at" timestamp with time zone,
	CONSTRAINT "card_warnings_seen" CHECK (("card_warnings"."seen_by" is null) = ("card_warnings"."seen_at" is null))
);
--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_state";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_sent";--> statement-breakpoint
ALTER TABLE "line_takeovers" DROP CONSTRAINT "line_takeovers_line_id_start_vnd_pk";--> statement-breakpoint
ALTER TABLE "line_takeovers" ADD CONSTRAINT "line_takeovers_line_id_start_vnd_event_id_pk" PRIMARY KEY("line_id","start_vnd","event_id");--> statement-breakpoint
ALTER TABLE "card_sessions" ADD COLUMN "asks_three_d_secure" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "refusal" text;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "withdrawn_by" text;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "line_takeovers" ADD COLUMN "ended_by_event_id" bigint;--> statement-breakpoint
ALTER TABLE "card_warnings" ADD CONSTRAINT "card_warnings_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_warnings_donation" ON "card_warnings" USING btree ("donation_id");--> statement-breakpoint
CREATE INDEX "card_warnings_unseen" ON "card_warnings" USING btree ("warned_at") WHERE seen_at is null;--> statement-breakpoint
ALTER TABLE "line_takeovers" ADD CONSTRAINT "line_takeovers_ended_by_event_id_events_id_fk" FOREIGN KEY ("ended_by_event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stripe_events_past" ON "stripe_events" USING btree ("received_at") WHERE state <> 'waiting';--> statement-breakpoint
CREATE INDEX "line_takeovers_active" ON "line_takeovers" USING btree ("line_id","start_vnd") WHERE ended_by_event_id is null;--> statement-breakpoint
-- Words of people become one of the fixed reasons.
UPDATE "refunds" SET "reason" = CASE "reason" WHEN 'after the closing day' THEN 'after_closing_day' ELSE 'other' END;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_reason" CHECK ("refunds"."reason" in ('requested_by_donor', 'duplicate', 'fraud_suspected', 'wrong_campaign', 'after_closing_day', 'other'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_refusal" CHECK (("refunds"."refusal" is not null) = ("refunds"."state" = 'failed' and "refunds"."stripe_id" is null));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_withdrawn" CHECK (("refunds"."withdrawn_by" is not null) = ("refunds"."state" = 'withdrawn') and ("refunds"."withdrawn_by" is null or "refunds"."withdrawn_by" <> "refunds"."decided_by"));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('requested', 'approved', 'rejected', 'sent', 'failed', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_sent" CHECK (case "refunds"."state" when 'sent' then "refunds"."stripe_id" is not null when 'failed' then true else "refunds"."stripe_id" is null end);