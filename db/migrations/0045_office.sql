CREATE TABLE "pledge_letters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pledge_letters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"pledge_id" bigint NOT NULL,
	"template" text NOT NULL,
	"words" text,
	"form_key" text NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "pledge_letters_form_key_unique" UNIQUE("form_key"),
	CONSTRAINT "pledge_letters_template" CHECK ("pledge_letters"."template" in ('reminder', 'name', 'free'))
);
--> statement-breakpoint
CREATE TABLE "cash_deposits" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cash_deposits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"receiving_account_id" integer NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"taken_on" date NOT NULL,
	"slip" text,
	"form_key" text NOT NULL,
	"taken_by" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "cash_deposits_form_key_unique" UNIQUE("form_key"),
	CONSTRAINT "cash_deposits_amount" CHECK ("cash_deposits"."amount_vnd" > 0),
	CONSTRAINT "cash_deposits_slip" CHECK ("cash_deposits"."slip" ~ '^[0-9A-ZĐ./-]{1,40}$'),
	CONSTRAINT "cash_deposits_withdrawn" CHECK (("cash_deposits"."withdrawn_by" is null) = ("cash_deposits"."withdrawn_at" is null))
);
--> statement-breakpoint
CREATE TABLE "cash_reversals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cash_reversals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receipt_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"entry_id" bigint,
	CONSTRAINT "cash_reversals_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "cash_reversals_reason" CHECK ("cash_reversals"."reason" in ('wrong_amount', 'wrong_place', 'wrong_giver', 'written_twice', 'not_received')),
	CONSTRAINT "cash_reversals_state" CHECK ("cash_reversals"."state" in ('asked', 'reversed', 'rejected')),
	CONSTRAINT "cash_reversals_decided" CHECK (num_nonnulls("cash_reversals"."decided_by", "cash_reversals"."decided_at") = case "cash_reversals"."state" when 'asked' then 0 else 2 end and ("cash_reversals"."entry_id" is not null) = ("cash_reversals"."state" = 'reversed')),
	CONSTRAINT "cash_reversals_two_people" CHECK ("cash_reversals"."decided_by" <> "cash_reversals"."asked_by")
);
--> statement-breakpoint
CREATE TABLE "cheque_returns" (
	"receipt_id" bigint PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cheque_returns_reason" CHECK ("cheque_returns"."reason" in ('no_money', 'not_valid', 'stopped', 'handed_back'))
);
--> statement-breakpoint
CREATE TABLE "office_receipts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "office_receipts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"previous" integer GENERATED ALWAYS AS (nullif(number, 1) - 1) STORED,
	"pledge_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"received_on" date NOT NULL,
	"cheque_number" text,
	"cheque_bank" text,
	"form_key" text NOT NULL,
	"issued_by" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "office_receipts_pledge_id_unique" UNIQUE("pledge_id"),
	CONSTRAINT "office_receipts_form_key_unique" UNIQUE("form_key"),
	CONSTRAINT "office_receipts_number" UNIQUE("fund_id","kind","year","number"),
	CONSTRAINT "office_receipts_kind" CHECK ("office_receipts"."kind" in ('cash', 'cheque')),
	CONSTRAINT "office_receipts_from_one" CHECK ("office_receipts"."number" >= 1),
	CONSTRAINT "office_receipts_amount" CHECK ("office_receipts"."amount_vnd" between 1000 and 100000000000),
	CONSTRAINT "office_receipts_cheque" CHECK (num_nonnulls("office_receipts"."cheque_number", "office_receipts"."cheque_bank") = case "office_receipts"."kind" when 'cheque' then 2 else 0 end),
	CONSTRAINT "office_receipts_cheque_number" CHECK ("office_receipts"."cheque_number" ~ '^[0-9A-Z]{1,20}$')
);
--> statement-breakpoint
ALTER TABLE "donations" DROP CONSTRAINT "donations_source";--> statement-breakpoint
ALTER TABLE "pledges" DROP CONSTRAINT "pledges_amount";--> statement-breakpoint
ALTER TABLE "pledges" DROP CONSTRAINT "pledges_method";--> statement-breakpoint
ALTER TABLE "pledges" DROP CONSTRAINT "pledges_pledged";--> statement-breakpoint
DROP INDEX "disclosures_names";--> statement-breakpoint
ALTER TABLE "donation_reversals" ALTER COLUMN "decision_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "pledges" ALTER COLUMN "campaign_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD COLUMN "cash_deposit_id" bigint;--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD COLUMN "cash_reversal_id" bigint;--> statement-breakpoint
ALTER TABLE "donations" ADD COLUMN "office_receipt_id" bigint;--> statement-breakpoint
ALTER TABLE "pledge_letters" ADD CONSTRAINT "pledge_letters_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposits" ADD CONSTRAINT "cash_deposits_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposits" ADD CONSTRAINT "cash_deposits_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_reversals" ADD CONSTRAINT "cash_reversals_receipt_id_office_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."office_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_reversals" ADD CONSTRAINT "cash_reversals_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cheque_returns" ADD CONSTRAINT "cheque_returns_receipt_id_office_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."office_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_receipts" ADD CONSTRAINT "office_receipts_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_receipts" ADD CONSTRAINT "office_receipts_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_receipts" ADD CONSTRAINT "office_receipts_gapless" FOREIGN KEY ("fund_id","kind","year","previous") REFERENCES "public"."office_receipts"("fund_id","kind","year","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pledge_letters_pledge" ON "pledge_letters" USING btree ("pledge_id","id");--> statement-breakpoint
CREATE INDEX "cash_deposits_newest" ON "cash_deposits" USING btree ("fund_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "cash_reversals_once" ON "cash_reversals" USING btree ("receipt_id") WHERE state <> 'rejected';--> statement-breakpoint
CREATE INDEX "cash_reversals_asked" ON "cash_reversals" USING btree ("id") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "office_receipts_newest" ON "office_receipts" USING btree ("fund_id","id");--> statement-breakpoint
ALTER TABLE "bank_decisions" ADD CONSTRAINT "bank_decisions_cash_deposit_id_cash_deposits_id_fk" FOREIGN KEY ("cash_deposit_id") REFERENCES "public"."cash_deposits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_cash_reversal_id_cash_reversals_id_fk" FOREIGN KEY ("cash_reversal_id") REFERENCES "public"."cash_reversals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_office_receipt_id_office_receipts_id_fk" FOREIGN KEY ("office_receipt_id") REFERENCES "public"."office_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bank_decisions_cash_deposit" ON "bank_decisions" USING btree ("cash_deposit_id") WHERE undone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "donations_office_receipt" ON "donations" USING btree ("office_receipt_id");--> statement-breakpoint
CREATE INDEX "pledge_contacts_email" ON "pledge_contacts" USING btree (lower(email)) WHERE email is not null;--> statement-breakpoint
CREATE INDEX "pledge_contacts_phone" ON "pledge_contacts" USING btree ("phone") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "pledges_of_fund" ON "pledges" USING btree ("fund_id","id");--> statement-breakpoint
CREATE INDEX "pledges_by_state" ON "pledges" USING btree ("fund_id","state","id");--> statement-breakpoint
CREATE INDEX "pledges_by_amount" ON "pledges" USING btree ("fund_id","amount_vnd","id");--> statement-breakpoint
CREATE INDEX "disclosures_names" ON "disclosures" USING gin (to_tsvector('simple', folded)) WHERE field = 'name';--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_cash_reversal_id_unique" UNIQUE("cash_reversal_id");--> statement-breakpoint
ALTER TABLE "donation_reversals" ADD CONSTRAINT "donation_reversals_cause" CHECK (num_nonnulls("donation_reversals"."decision_id", "donation_reversals"."cash_reversal_id") = 1);--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_source" CHECK (num_nonnulls("donations"."bank_transaction_id", "donations"."card_payment_id", "donations"."office_receipt_id") = 1);--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_campaign_known" CHECK ("pledges"."campaign_id" is not null or "pledges"."method" in ('cash', 'cheque'));--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_amount" CHECK ("pledges"."amount_vnd" between case when "pledges"."method" in ('cash', 'cheque') then 1000 else 10000 end and 100000000000);--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_method" CHECK ("pledges"."method" in ('bank_transfer', 'card', 'goods', 'cash', 'cheque'));--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_pledged" CHECK (case "pledges"."method"
        when 'goods' then "pledges"."amount_vnd" is null and "pledges"."currency" is null and "pledges"."amount_minor" is null and "pledges"."receiving_account_id" is null
        when 'cash' then "pledges"."amount_vnd" is not null and "pledges"."currency" is null and "pledges"."amount_minor" is null and "pledges"."receiving_account_id" is null
        when 'cheque' then "pledges"."amount_vnd" is not null and "pledges"."currency" is null and "pledges"."amount_minor" is null and "pledges"."receiving_account_id" is null
        when 'card' then num_nonnulls("pledges"."amount_vnd", "pledges"."currency") = 1 and num_nonnulls("pledges"."currency", "pledges"."amount_minor") <> 1 and "pledges"."receiving_account_id" is not null
        else "pledges"."amount_vnd" is not null and "pledges"."currency" is null and "pledges"."amount_minor" is null and "pledges"."receiving_account_id" is not null
      end);