CREATE TABLE "account_retirements" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "account_retirements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"receiving_account_id" integer NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"approved_by" text,
	"approved_at" timestamp with time zone,
	"retires_at" timestamp with time zone,
	CONSTRAINT "account_retirements_receiving_account_id_unique" UNIQUE("receiving_account_id"),
	CONSTRAINT "account_retirements_two_people" CHECK ("account_retirements"."approved_by" is null or "account_retirements"."approved_by" <> "account_retirements"."proposed_by"),
	CONSTRAINT "account_retirements_approved" CHECK (num_nonnulls("account_retirements"."approved_by", "account_retirements"."approved_at", "account_retirements"."retires_at") in (0, 3) and ("account_retirements"."retires_at" is null or "account_retirements"."retires_at" >= "account_retirements"."approved_at"))
);
--> statement-breakpoint
CREATE TABLE "unread_decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unread_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"notice_id" bigint,
	"movement_id" text,
	"kind" text NOT NULL,
	"bank_transaction_id" bigint,
	"entry_id" bigint,
	"reason" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"undone_by" text,
	"undone_at" timestamp with time zone,
	CONSTRAINT "unread_decisions_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "unread_decisions_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "unread_decisions_kind" CHECK (case when "unread_decisions"."notice_id" is not null and "unread_decisions"."movement_id" is null then "unread_decisions"."kind" in ('told', 'no_money', 'not_ours', 'wait')
        when "unread_decisions"."movement_id" is not null and "unread_decisions"."notice_id" is null then "unread_decisions"."kind" in ('fee', 'no_change', 'wait') else false end),
	CONSTRAINT "unread_decisions_comes_to" CHECK (("unread_decisions"."kind" = 'told') = ("unread_decisions"."bank_transaction_id" is not null) and ("unread_decisions"."kind" = 'fee') = ("unread_decisions"."entry_id" is not null)),
	CONSTRAINT "unread_decisions_reason" CHECK ("unread_decisions"."kind" = 'told' or "unread_decisions"."reason" <> ''),
	CONSTRAINT "unread_decisions_undone" CHECK (("unread_decisions"."undone_by" is null) = ("unread_decisions"."undone_at" is null))
);
--> statement-breakpoint
ALTER TABLE "bank_decisions" DROP CONSTRAINT "bank_decisions_kind";--> statement-breakpoint
ALTER TABLE "account_retirements" ADD CONSTRAINT "account_retirements_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_decisions" ADD CONSTRAINT "unread_decisions_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_decisions" ADD CONSTRAINT "unread_decisions_notice_id_bank_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."bank_notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_decisions" ADD CONSTRAINT "unread_decisions_movement_id_card_movements_stripe_id_fk" FOREIGN KEY ("movement_id") REFERENCES "public"."card_movements"("stripe_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_decisions" ADD CONSTRAINT "unread_decisions_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_decisions" ADD CONSTRAINT "unread_decisions_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unread_decisions_recent" ON "unread_decisions" USING btree ("fund_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "unread_decisions_notice" ON "unread_decisions" USING btree ("notice_id") WHERE undone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "unread_decisions_movement" ON "unread_decisions" USING btree ("movement_id") WHERE undone_at is null;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_kind" CHECK ("bank_decisions"."kind" in ('place', 'general', 'keep_unplaced', 'interest', 'fee', 'own_transfer', 'budget_repayment', 'not_ours', 'refund_paid', 'refund_returned', 'spend', 'supplier_refund', 'advance', 'advance_returned', 'cash_banked', 'payout', 'not_payout', 'same', 'not_same', 'ours'));