CREATE TABLE "bank_decision_entries" (
	"decision_id" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	CONSTRAINT "bank_decision_entries_decision_id_entry_id_pk" PRIMARY KEY("decision_id","entry_id"),
	CONSTRAINT "bank_decision_entries_entry_id_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "bank_decision_lines" (
	"decision_id" bigint NOT NULL,
	"bank_transaction_id" bigint NOT NULL,
	"before_state" text NOT NULL,
	"before_reason" text,
	"before_duplicate_of_id" bigint,
	CONSTRAINT "bank_decision_lines_decision_id_bank_transaction_id_pk" PRIMARY KEY("decision_id","bank_transaction_id")
);
--> statement-breakpoint
CREATE TABLE "bank_decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bank_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer,
	"kind" text NOT NULL,
	"rule_id" bigint,
	"spend_payment_id" bigint,
	"spend_refund_id" bigint,
	"refund_id" bigint,
	"reason" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"undone_by" text,
	"undone_at" timestamp with time zone,
	"undone_reason" text,
	CONSTRAINT "bank_decisions_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "bank_decisions_kind" CHECK ("bank_decisions"."kind" in ('place', 'general', 'keep_unplaced', 'interest', 'fee', 'own_transfer', 'budget_repayment', 'not_ours', 'refund_paid', 'refund_returned', 'spend', 'supplier_refund', 'advance', 'advance_returned', 'cash_banked', 'payout', 'not_payout', 'same', 'not_same')),
	CONSTRAINT "bank_decisions_undone" CHECK (("bank_decisions"."undone_by" is null) = ("bank_decisions"."undone_at" is null) and ("bank_decisions"."undone_by" is null) = ("bank_decisions"."undone_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "bank_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bank_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"words" text NOT NULL,
	"direction" text NOT NULL,
	"least_vnd" bigint NOT NULL,
	"most_vnd" bigint NOT NULL,
	"decision" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"made_by" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"retired_by" text,
	"retired_at" timestamp with time zone,
	CONSTRAINT "bank_rules_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "bank_rules_words" CHECK ("bank_rules"."words" ~ '^[a-z0-9]+( [a-z0-9]+)*$'),
	CONSTRAINT "bank_rules_amounts" CHECK ("bank_rules"."least_vnd" > 0 and "bank_rules"."most_vnd" >= "bank_rules"."least_vnd"),
	CONSTRAINT "bank_rules_decision" CHECK (case "bank_rules"."decision" when 'fee' then "bank_rules"."direction" = 'out' when 'interest' then "bank_rules"."direction" = 'in' else "bank_rules"."decision" = 'own_transfer' end),
	CONSTRAINT "bank_rules_retired" CHECK (("bank_rules"."retired_by" is null) = ("bank_rules"."retired_at" is null))
);
--> statement-breakpoint
CREATE TABLE "day_close_lines" (
	"bank_transaction_id" bigint PRIMARY KEY NOT NULL,
	"close_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "day_closes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "day_closes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receiving_account_id" integer NOT NULL,
	"day" date NOT NULL,
	"opening_vnd" bigint NOT NULL,
	"closing_vnd" bigint NOT NULL,
	"lines_in" integer NOT NULL,
	"lines_out" integer NOT NULL,
	"sum_in_vnd" bigint NOT NULL,
	"sum_out_vnd" bigint NOT NULL,
	"late_lines" integer NOT NULL,
	"event_id" bigint NOT NULL,
	"closed_by" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "day_closes_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "day_closes_once" UNIQUE("receiving_account_id","day"),
	CONSTRAINT "day_closes_counts" CHECK (least("day_closes"."lines_in", "day_closes"."lines_out", "day_closes"."sum_in_vnd", "day_closes"."sum_out_vnd", "day_closes"."late_lines") >= 0),
	CONSTRAINT "day_closes_balance" CHECK ("day_closes"."opening_vnd" + "day_closes"."sum_in_vnd" - "day_closes"."sum_out_vnd" = "day_closes"."closing_vnd")
);
--> statement-breakpoint
CREATE TABLE "donation_reversals" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"donation_id" bigint NOT NULL,
	"decision_id" bigint NOT NULL,
	"restored_by_event_id" bigint,
	CONSTRAINT "donation_reversals_restored_by_event_id_unique" UNIQUE("restored_by_event_id")
);
--> statement-breakpoint
ALTER TABLE "bank_transactions" DROP CONSTRAINT "bank_transactions_state";--> statement-breakpoint
ALTER TABLE "bank_transactions" DROP CONSTRAINT "bank_transactions_account";--> statement-breakpoint
ALTER TABLE "bank_transactions" DROP CONSTRAINT "bank_transactions_duplicate";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_sent";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_refusal";--> statement-breakpoint
DROP INDEX "bank_transactions_queue";--> statement-breakpoint
DROP INDEX "donations_bank_transaction";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "entry_id" bigint;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "replaces_id" bigint;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "nature" text DEFAULT 'gift' NOT NULL;--> statement-breakpoint
ALTER TABLE "bank_decision_entries" ADD CONSTRAINT "bank_decision_entries_decision_id_bank_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."bank_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decision_entries" ADD CONSTRAINT "bank_decision_entries_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decision_lines" ADD CONSTRAINT "bank_decision_lines_decision_id_bank_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."bank_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decision_lines" ADD CONSTRAINT "bank_decision_lines_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_rule_id_bank_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."bank_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_spend_payment_id_spend_payments_id_fk" FOREIGN KEY ("spend_payment_id") REFERENCES "public"."spend_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_spend_refund_id_spend_refunds_id_fk" FOREIGN KEY ("spend_refund_id") REFERENCES "public"."spend_refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_rules" ADD CONSTRAINT "bank_rules_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_close_lines" ADD CONSTRAINT "day_close_lines_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_close_lines" ADD CONSTRAINT "day_close_lines_close_id_day_closes_id_fk" FOREIGN KEY ("close_id") REFERENCES "public"."day_closes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_closes" ADD CONSTRAINT "day_closes_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_closes" ADD CONSTRAINT "day_closes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_decision_id_bank_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."bank_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_restored_by_event_id_events_id_fk" FOREIGN KEY ("restored_by_event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_decision_lines_line" ON "bank_decision_lines" USING btree ("bank_transaction_id");--> statement-breakpoint
CREATE INDEX "bank_decisions_recent" ON "bank_decisions" USING btree ("fund_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_decisions_payment" ON "bank_decisions" USING btree ("spend_payment_id") WHERE undone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bank_decisions_spend_refund" ON "bank_decisions" USING btree ("spend_refund_id") WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX "bank_rules_fund" ON "bank_rules" USING btree ("fund_id") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "day_close_lines_close" ON "day_close_lines" USING btree ("close_id");--> statement-breakpoint
CREATE UNIQUE INDEX "donation_reversals_standing" ON "donation_reversals" USING btree ("donation_id") WHERE restored_by_event_id is null;--> statement-breakpoint
CREATE INDEX "donation_reversals_decision" ON "donation_reversals" USING btree ("decision_id");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_replaces_id_donations_id_fk" FOREIGN KEY ("replaces_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "donations_of_bank_line" ON "donations" USING btree ("bank_transaction_id");--> statement-breakpoint
CREATE INDEX "donations_replaces" ON "donations" USING btree ("replaces_id") WHERE replaces_id is not null;--> statement-breakpoint
CREATE INDEX "pledges_awaited" ON "pledges" USING btree ("fund_id","amount_vnd","created_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "bank_transactions_queue" ON "bank_transactions" USING btree ("id") WHERE state not in ('placed', 'payout', 'settled', 'duplicate');--> statement-breakpoint
CREATE UNIQUE INDEX "donations_bank_transaction" ON "donations" USING btree ("bank_transaction_id") WHERE replaces_id is null;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_entry_id_unique" UNIQUE("entry_id");--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "bank_transactions_state" CHECK ("bank_transactions"."state" in ('placed', 'unplaced', 'to_return', 'payout', 'possible_payout', 'outgoing', 'possible_duplicate', 'unknown_account', 'settled', 'duplicate'));--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "bank_transactions_account" CHECK (case "bank_transactions"."state" when 'unknown_account' then "bank_transactions"."receiving_account_id" is null when 'settled' then true else "bank_transactions"."receiving_account_id" is not null end);--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "bank_transactions_duplicate" CHECK (("bank_transactions"."state" in ('possible_duplicate', 'duplicate')) = ("bank_transactions"."duplicate_of_id" is not null));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_sent" CHECK (case "refunds"."state" when 'sent' then num_nonnulls("refunds"."stripe_id", "refunds"."entry_id") = 1 when 'failed' then num_nonnulls("refunds"."stripe_id", "refunds"."entry_id") <= 1 else num_nonnulls("refunds"."stripe_id", "refunds"."entry_id") = 0 end);--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_refusal" CHECK (("refunds"."refusal" is not null) = ("refunds"."state" = 'failed' and num_nonnulls("refunds"."stripe_id", "refunds"."entry_id") = 0));--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_nature" CHECK ("donations"."nature" = 'gift' or ("donations"."nature" = 'interest' and "donations"."pledge_id" is null));