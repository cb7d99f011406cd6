CREATE TABLE "statement_days" (
	"file_id" bigint NOT NULL,
	"receiving_account_id" integer NOT NULL,
	"day" date NOT NULL,
	"opening_vnd" bigint,
	"closing_vnd" bigint,
	"lines" integer NOT NULL,
	"in_vnd" bigint NOT NULL,
	"out_vnd" bigint NOT NULL,
	CONSTRAINT "statement_days_file_id_receiving_account_id_day_pk" PRIMARY KEY("file_id","receiving_account_id","day"),
	CONSTRAINT "statement_days_sums" CHECK ("statement_days"."lines" >= 0 and "statement_days"."in_vnd" >= 0 and "statement_days"."out_vnd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "statement_files" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "statement_files_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"name" text NOT NULL,
	"format" text NOT NULL,
	"bytes" bigint NOT NULL,
	"receiving_account_id" integer,
	"state" text DEFAULT 'waiting' NOT NULL,
	"problem" jsonb,
	"head" jsonb,
	"lines_read" integer DEFAULT 0 NOT NULL,
	"lines_compared" integer DEFAULT 0 NOT NULL,
	"lines_booked" integer DEFAULT 0 NOT NULL,
	"counts" jsonb,
	"idempotency_key" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"accepted_by" text,
	"accepted_at" timestamp with time zone,
	"accepted_despite" text,
	"booked_at" timestamp with time zone,
	"thrown_away_by" text,
	"thrown_away_at" timestamp with time zone,
	CONSTRAINT "statement_files_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "statement_files_format" CHECK ("statement_files"."format" in ('csv', 'xls', 'xlsx')),
	CONSTRAINT "statement_files_state" CHECK ("statement_files"."state" in ('waiting', 'needs_mapping', 'comparing', 'read', 'refused', 'accepted', 'booked', 'thrown_away')),
	CONSTRAINT "statement_files_refused" CHECK ("statement_files"."problem" is null or "statement_files"."state" in ('refused', 'thrown_away')),
	CONSTRAINT "statement_files_accepted" CHECK (num_nonnulls("statement_files"."accepted_by", "statement_files"."accepted_at") = case when "statement_files"."state" in ('accepted', 'booked') then 2 else 0 end),
	CONSTRAINT "statement_files_booked" CHECK (("statement_files"."booked_at" is not null) = ("statement_files"."state" = 'booked')),
	CONSTRAINT "statement_files_thrown_away" CHECK (("statement_files"."thrown_away_at" is not null) = ("statement_files"."state" = 'thrown_away')),
	CONSTRAINT "statement_files_progress" CHECK ("statement_files"."lines_booked" <= "statement_files"."lines_compared" and "statement_files"."lines_compared" <= "statement_files"."lines_read")
);
--> statement-breakpoint
CREATE TABLE "statement_lines" (
	"file_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"section" integer NOT NULL,
	"row" integer NOT NULL,
	"part" text,
	"posted_on" date,
	"transacted_at" timestamp with time zone,
	"direction" text,
	"amount_vnd" bigint,
	"balance_vnd" bigint,
	"reference" text,
	"memo" text NOT NULL,
	"kind" text,
	"problem" jsonb,
	"bank_transaction_id" bigint,
	CONSTRAINT "statement_lines_file_id_number_pk" PRIMARY KEY("file_id","number"),
	CONSTRAINT "statement_lines_number" CHECK ("statement_lines"."number" > 0 and "statement_lines"."row" > 0),
	CONSTRAINT "statement_lines_part" CHECK ("statement_lines"."part" in ('fee', 'vat')),
	CONSTRAINT "statement_lines_direction" CHECK ("statement_lines"."direction" in ('in', 'out')),
	CONSTRAINT "statement_lines_amount_positive" CHECK ("statement_lines"."amount_vnd" > 0),
	CONSTRAINT "statement_lines_kind" CHECK ("statement_lines"."kind" in ('new', 'known', 'possible_duplicate', 'contradictory', 'unreadable')),
	CONSTRAINT "statement_lines_read" CHECK (num_nonnulls("statement_lines"."posted_on", "statement_lines"."transacted_at", "statement_lines"."direction", "statement_lines"."amount_vnd") = case when "statement_lines"."kind" = 'unreadable' then 0 else 4 end)
);
--> statement-breakpoint
CREATE TABLE "statement_mappings" (
	"receiving_account_id" integer PRIMARY KEY NOT NULL,
	"columns" jsonb NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statement_parts" (
	"file_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"file" text NOT NULL,
	CONSTRAINT "statement_parts_file_id_position_pk" PRIMARY KEY("file_id","position"),
	CONSTRAINT "statement_parts_kept" CHECK ("statement_parts"."file" like 'kept/%')
);
--> statement-breakpoint
CREATE TABLE "statement_sections" (
	"file_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"receiving_account_id" integer NOT NULL,
	"opening_vnd" bigint,
	"closing_vnd" bigint,
	"from_day" date,
	"to_day" date,
	"is_newest_first" boolean,
	CONSTRAINT "statement_sections_file_id_position_pk" PRIMARY KEY("file_id","position"),
	CONSTRAINT "statement_sections_period" CHECK ("statement_sections"."from_day" is null or "statement_sections"."to_day" is null or "statement_sections"."from_day" <= "statement_sections"."to_day")
);
--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD COLUMN "posted_on" date;--> statement-breakpoint
ALTER TABLE "statement_days" ADD CONSTRAINT "statement_days_file_id_statement_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."statement_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_days" ADD CONSTRAINT "statement_days_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_files" ADD CONSTRAINT "statement_files_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_files" ADD CONSTRAINT "statement_files_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_section" FOREIGN KEY ("file_id","section") REFERENCES "public"."statement_sections"("file_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_mappings" ADD CONSTRAINT "statement_mappings_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_parts" ADD CONSTRAINT "statement_parts_file_id_statement_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."statement_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_parts" ADD CONSTRAINT "statement_parts_file_files_name_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_sections" ADD CONSTRAINT "statement_sections_file_id_statement_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."statement_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_sections" ADD CONSTRAINT "statement_sections_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statement_days_account" ON "statement_days" USING btree ("receiving_account_id","day");--> statement-breakpoint
CREATE INDEX "statement_files_fund" ON "statement_files" USING btree ("fund_id","id");--> statement-breakpoint
CREATE INDEX "statement_files_work" ON "statement_files" USING btree ("id") WHERE state in ('waiting', 'comparing', 'accepted');--> statement-breakpoint
CREATE INDEX "statement_lines_kind" ON "statement_lines" USING btree ("file_id","kind","number");--> statement-breakpoint
CREATE INDEX "statement_lines_transaction" ON "statement_lines" USING btree ("bank_transaction_id") WHERE bank_transaction_id is not null;--> statement-breakpoint
CREATE INDEX "statement_parts_file" ON "statement_parts" USING btree ("file");--> statement-breakpoint
CREATE INDEX "bank_transactions_posted" ON "bank_transactions" USING btree ("receiving_account_id","posted_on") WHERE posted_on is not null;