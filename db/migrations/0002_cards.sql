CREATE TABLE "card_disputes" (
	"stripe_id" text PRIMARY KEY NOT NULL,
	"fund_id" integer NOT NULL,
	"donation_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"answer_by" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "card_disputes_amount" CHECK ("card_disputes"."amount_vnd" > 0),
	CONSTRAINT "card_disputes_state" CHECK ("card_disputes"."state" in ('open', 'won', 'lost')),
	CONSTRAINT "card_disputes_closed" CHECK (("card_disputes"."state" = 'open') = ("card_disputes"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "card_movements" (
	"stripe_id" text PRIMARY KEY NOT NULL,
	"fund_id" integer NOT NULL,
	"kind" text NOT NULL,
	"source_id" text,
	"donation_id" bigint,
	"amount_vnd" bigint NOT NULL,
	"fee_vnd" bigint NOT NULL,
	"entry_id" bigint,
	"happened_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "card_movements_kind" CHECK ("card_movements"."kind" in ('charge', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'fee', 'payout', 'payout_failure', 'not_understood'))
);
--> statement-breakpoint
CREATE TABLE "card_payments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "card_payments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"charge_id" text NOT NULL,
	"payment_intent_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"rate" numeric,
	"charged_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "card_payments_charge_id_unique" UNIQUE("charge_id"),
	CONSTRAINT "card_payments_amounts" CHECK ("card_payments"."amount_minor" > 0 and "card_payments"."amount_vnd" > 0),
	CONSTRAINT "card_payments_currency" CHECK ("card_payments"."currency" in ('vnd', 'usd', 'eur')),
	CONSTRAINT "card_payments_rate" CHECK (("card_payments"."currency" = 'vnd') = ("card_payments"."rate" is null)),
	CONSTRAINT "card_payments_vnd" CHECK ("card_payments"."currency" <> 'vnd' or "card_payments"."amount_minor" = "card_payments"."amount_vnd")
);
--> statement-breakpoint
CREATE TABLE "card_payouts" (
	"stripe_id" text PRIMARY KEY NOT NULL,
	"fund_id" integer NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"arrives_on" date NOT NULL,
	"state" text NOT NULL,
	"bank_transaction_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "card_payouts_bank_transaction_id_unique" UNIQUE("bank_transaction_id"),
	CONSTRAINT "card_payouts_amount" CHECK ("card_payouts"."amount_vnd" > 0),
	CONSTRAINT "card_payouts_state" CHECK ("card_payouts"."state" in ('pending', 'in_transit', 'paid', 'failed', 'canceled'))
);
--> statement-breakpoint
CREATE TABLE "card_sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "card_sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"pledge_id" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"stripe_id" text,
	"url" text,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "card_sessions_stripe_id_unique" UNIQUE("stripe_id"),
	CONSTRAINT "card_sessions_attempt" UNIQUE("pledge_id","attempt"),
	CONSTRAINT "card_sessions_amount" CHECK ("card_sessions"."amount_minor" > 0),
	CONSTRAINT "card_sessions_currency" CHECK ("card_sessions"."currency" in ('vnd', 'usd', 'eur')),
	CONSTRAINT "card_sessions_state" CHECK ("card_sessions"."state" in ('opening', 'open', 'processing', 'paid', 'failed', 'expired')),
	CONSTRAINT "card_sessions_opened" CHECK (("card_sessions"."stripe_id" is not null and "card_sessions"."state" <> 'opening') or ("card_sessions"."stripe_id" is null and "card_sessions"."state" in ('opening', 'expired')))
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refunds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"donation_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"requested_by" text NOT NULL,
	"decided_by" text,
	"stripe_id" text,
	"hold_event_id" bigint NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "refunds_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "refunds_stripe_id_unique" UNIQUE("stripe_id"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_vnd" > 0 and "refunds"."amount_minor" > 0),
	CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('requested', 'approved', 'rejected', 'sent', 'failed')),
	CONSTRAINT "refunds_two_people" CHECK ("refunds"."decided_by" is null or "refunds"."decided_by" <> "refunds"."requested_by"),
	CONSTRAINT "refunds_decided" CHECK (("refunds"."state" = 'requested') = ("refunds"."decided_by" is null) and ("refunds"."decided_by" is null) = ("refunds"."decided_at" is null)),
	CONSTRAINT "refunds_sent" CHECK (("refunds"."state" in ('sent', 'failed')) = ("refunds"."stripe_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "stripe_events" (
	"stripe_id" text PRIMARY KEY NOT NULL,
	"fund_id" integer NOT NULL,
	"type" text NOT NULL,
	"object_id" text,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stripe_events_state" CHECK ("stripe_events"."state" in ('waiting', 'done', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "line_holds" (
	"line_id" integer NOT NULL,
	"start_vnd" bigint NOT NULL,
	"end_vnd" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	"ended_by_event_id" bigint,
	CONSTRAINT "line_holds_line_id_start_vnd_event_id_pk" PRIMARY KEY("line_id","start_vnd","event_id"),
	CONSTRAINT "line_holds_order" CHECK ("line_holds"."start_vnd" >= 0 and "line_holds"."end_vnd" > "line_holds"."start_vnd")
);
--> statement-breakpoint
CREATE TABLE "line_takeovers" (
	"line_id" integer NOT NULL,
	"start_vnd" bigint NOT NULL,
	"end_vnd" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	CONSTRAINT "line_takeovers_line_id_start_vnd_pk" PRIMARY KEY("line_id","start_vnd"),
	CONSTRAINT "line_takeovers_order" CHECK ("line_takeovers"."start_vnd" >= 0 and "line_takeovers"."end_vnd" > "line_takeovers"."start_vnd")
);
--> statement-breakpoint
CREATE TABLE "line_uses" (
	"line_id" integer NOT NULL,
	"start_vnd" bigint NOT NULL,
	"end_vnd" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	CONSTRAINT "line_uses_line_id_start_vnd_pk" PRIMARY KEY("line_id","start_vnd"),
	CONSTRAINT "line_uses_end" UNIQUE("line_id","end_vnd"),
	CONSTRAINT "line_uses_order" CHECK ("line_uses"."start_vnd" >= 0 and "line_uses"."end_vnd" > "line_uses"."start_vnd")
);
--> statement-breakpoint
ALTER TABLE "bank_transactions" DROP CONSTRAINT "bank_transactions_state";--> statement-breakpoint
ALTER TABLE "ledger_accounts" DROP CONSTRAINT "ledger_accounts_kind";--> statement-breakpoint
ALTER TABLE "line_totals" DROP CONSTRAINT "line_totals_counts";--> statement-breakpoint
DROP INDEX "bank_transactions_queue";--> statement-breakpoint
ALTER TABLE "donations" ALTER COLUMN "bank_transaction_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "pledges" ALTER COLUMN "receiving_account_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "pledges" ALTER COLUMN "amount_vnd" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "card_payment_id" bigint;--> statement-breakpoint
ALTER TABLE "pledges" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "pledges" ADD COLUMN "amount_minor" bigint;--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "returned_vnd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "line_totals" ADD COLUMN "net_vnd" bigint GENERATED ALWAYS AS (received_vnd - returned_vnd) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "card_disputes" ADD CONSTRAINT "card_disputes_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_disputes" ADD CONSTRAINT "card_disputes_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_movements" ADD CONSTRAINT "card_movements_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_movements" ADD CONSTRAINT "card_movements_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_movements" ADD CONSTRAINT "card_movements_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_payments" ADD CONSTRAINT "card_payments_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_payouts" ADD CONSTRAINT "card_payouts_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_payouts" ADD CONSTRAINT "card_payouts_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_sessions" ADD CONSTRAINT "card_sessions_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_sessions" ADD CONSTRAINT "card_sessions_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_hold_event_id_events_id_fk" FOREIGN KEY ("hold_event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_events" ADD CONSTRAINT "stripe_events_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_holds" ADD CONSTRAINT "line_holds_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_holds" ADD CONSTRAINT "line_holds_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_holds" ADD CONSTRAINT "line_holds_ended_by_event_id_events_id_fk" FOREIGN KEY ("ended_by_event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_takeovers" ADD CONSTRAINT "line_takeovers_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_takeovers" ADD CONSTRAINT "line_takeovers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_uses" ADD CONSTRAINT "line_uses_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_uses" ADD CONSTRAINT "line_uses_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_disputes_donation" ON "card_disputes" USING btree ("donation_id");--> statement-breakpoint
CREATE INDEX "card_disputes_open" ON "card_disputes" USING btree ("answer_by") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "card_movements_donation" ON "card_movements" USING btree ("donation_id");--> statement-breakpoint
CREATE INDEX "card_movements_source" ON "card_movements" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "card_movements_queue" ON "card_movements" USING btree ("created_at") WHERE kind = 'not_understood';--> statement-breakpoint
CREATE INDEX "card_payouts_unmatched" ON "card_payouts" USING btree ("fund_id","amount_vnd") WHERE bank_transaction_id is null;--> statement-breakpoint
CREATE INDEX "card_sessions_unsettled" ON "card_sessions" USING btree ("id") WHERE state in ('opening', 'open', 'processing');--> statement-breakpoint
CREATE INDEX "refunds_donation" ON "refunds" USING btree ("donation_id");--> statement-breakpoint
CREATE INDEX "refunds_unsent" ON "refunds" USING btree ("id") WHERE state = 'approved';--> statement-breakpoint
CREATE INDEX "stripe_events_waiting" ON "stripe_events" USING btree ("next_attempt_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "line_holds_event" ON "line_holds" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "line_holds_active" ON "line_holds" USING btree ("line_id","start_vnd") WHERE ended_by_event_id is null;--> statement-breakpoint
CREATE INDEX "line_takeovers_event" ON "line_takeovers" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "line_uses_event" ON "line_uses" USING btree ("event_id");--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_card_payment_id_card_payments_id_fk" FOREIGN KEY ("card_payment_id") REFERENCES "public"."card_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_donation" ON "events" USING btree ("donation_id") WHERE donation_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "donations_card_payment" ON "donations" USING btree ("card_payment_id");--> statement-breakpoint
CREATE INDEX "bank_transactions_queue" ON "bank_transactions" USING btree ("id") WHERE state not in ('placed', 'payout', 'outgoing');--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "bank_transactions_state" CHECK ("bank_transactions"."state" in ('placed', 'unplaced', 'to_return', 'payout', 'possible_payout', 'outgoing', 'possible_duplicate', 'unknown_account'));--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_source" CHECK (num_nonnulls("donations"."bank_transaction_id", "donations"."card_payment_id") = 1);--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_method" CHECK ("pledges"."method" in ('bank_transfer', 'card', 'goods'));--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_currency" CHECK ("pledges"."currency" in ('usd', 'eur') and "pledges"."amount_minor" > 0);--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_pledged" CHECK (case "pledges"."method"
        when 'goods' then "pledges"."amount_vnd" is null and "pledges"."currency" is null and "pledges"."amount_minor" is null and "pledges"."receiving_account_id" is null
        when 'card' then num_nonnulls("pledges"."amount_vnd", "pledges"."currency") = 1 and num_nonnulls("pledges"."currency", "pledges"."amount_minor") <> 1 and "pledges"."receiving_account_id" is not null
        else "pledges"."amount_vnd" is not null and "pledges"."currency" is null and "pledges"."amount_minor" is null and "pledges"."receiving_account_id" is not null
      end);--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_kind" CHECK ("ledger_accounts"."kind" in ('bank', 'cash_box', 'stripe_clearing', 'line', 'advance', 'stock', 'in_dispute', 'due_from_state_budget', 'due_from_fund', 'due_to_donations', 'admin_expense'));--> statement-breakpoint
ALTER TABLE "line_totals" ADD CONSTRAINT "line_totals_counts" CHECK ("line_totals"."returned_vnd" between 0 and "line_totals"."received_vnd" and "line_totals"."gifts" >= 0);