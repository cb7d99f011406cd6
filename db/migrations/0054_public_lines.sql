CREATE TABLE "public_line_progress" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"next_position" bigint NOT NULL,
	CONSTRAINT "public_line_progress_one_row" CHECK ("public_line_progress"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "public_line_sums" (
	"day" date NOT NULL,
	"fund_id" integer NOT NULL,
	"channel" text NOT NULL,
	"receiving_account_id" integer NOT NULL,
	"line_id" integer NOT NULL,
	"direction" text NOT NULL,
	"is_move" boolean NOT NULL,
	"lines" bigint NOT NULL,
	"vnd" bigint NOT NULL,
	CONSTRAINT "public_line_sums_day_fund_id_channel_receiving_account_id_line_id_direction_is_move_pk" PRIMARY KEY("day","fund_id","channel","receiving_account_id","line_id","direction","is_move"),
	CONSTRAINT "public_line_sums_counts" CHECK ("public_line_sums"."lines" >= 0 and "public_line_sums"."vnd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "public_line_words" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "public_line_words_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"word" text collate "C" NOT NULL,
	"lines" bigint NOT NULL,
	"vnd" bigint NOT NULL,
	CONSTRAINT "public_line_words_counts" CHECK ("public_line_words"."lines" >= 0 and "public_line_words"."vnd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "public_lines" (
	"id" bigint PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"bank_transaction_id" bigint,
	"donation_id" bigint,
	"day" date NOT NULL,
	"direction" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"class" text NOT NULL,
	"is_move" boolean NOT NULL,
	"fund_id" integer NOT NULL,
	"receiving_account_id" integer,
	"line_id" integer,
	"pledge_id" bigint,
	"spend_id" bigint,
	"is_stated" boolean NOT NULL,
	"terms" integer[] NOT NULL,
	CONSTRAINT "public_lines_channel" CHECK ("public_lines"."channel" in ('bank', 'card', 'cash')),
	CONSTRAINT "public_lines_direction" CHECK ("public_lines"."direction" in ('in', 'out')),
	CONSTRAINT "public_lines_amount" CHECK ("public_lines"."amount_vnd" > 0),
	CONSTRAINT "public_lines_source" CHECK (case "public_lines"."channel" when 'bank' then num_nonnulls("public_lines"."bank_transaction_id", "public_lines"."receiving_account_id") = 2 else "public_lines"."donation_id" is not null and num_nonnulls("public_lines"."bank_transaction_id", "public_lines"."receiving_account_id") = 0 end)
);
--> statement-breakpoint
CREATE TABLE "public_lines_due" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "public_lines_due_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"bank_transaction_id" bigint,
	"pledge_id" bigint,
	CONSTRAINT "public_lines_due_one" CHECK (num_nonnulls("public_lines_due"."bank_transaction_id", "public_lines_due"."pledge_id") = 1)
);
--> statement-breakpoint
CREATE INDEX "public_line_sums_line" ON "public_line_sums" USING btree ("line_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "public_line_words_word" ON "public_line_words" USING btree ("word");--> statement-breakpoint
CREATE INDEX "public_lines_day" ON "public_lines" USING btree ("day","id");--> statement-breakpoint
CREATE INDEX "public_lines_amount" ON "public_lines" USING btree ("amount_vnd","day","id");--> statement-breakpoint
CREATE INDEX "public_lines_line" ON "public_lines" USING btree ("line_id","day","id") WHERE line_id is not null;--> statement-breakpoint
CREATE INDEX "public_lines_out" ON "public_lines" USING btree ("day","id") WHERE direction = 'out';--> statement-breakpoint
CREATE INDEX "public_lines_bank" ON "public_lines" USING btree ("bank_transaction_id") WHERE bank_transaction_id is not null;--> statement-breakpoint
CREATE INDEX "public_lines_donation" ON "public_lines" USING btree ("donation_id") WHERE bank_transaction_id is null;--> statement-breakpoint
CREATE INDEX "public_lines_pledge" ON "public_lines" USING btree ("pledge_id") WHERE pledge_id is not null;--> statement-breakpoint
CREATE INDEX "public_lines_terms" ON "public_lines" USING gin ("terms") WITH (fastupdate=true,gin_pending_list_limit=512);--> statement-breakpoint
CREATE INDEX "events_of_bank_line" ON "events" USING btree ((facts->>'line'),"id") WHERE kind = 'line_classified';