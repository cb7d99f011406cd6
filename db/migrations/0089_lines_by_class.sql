-- Only one transaction at a time lists lines (lib/public-lines/follow.ts): none does until sums are made again by class.
SELECT pg_advisory_xact_lock(1952738412);--> statement-breakpoint
TRUNCATE "public_line_sums";--> statement-breakpoint
ALTER TABLE "public_line_sums" DROP CONSTRAINT "public_line_sums_day_fund_id_channel_receiving_account_id_line_id_direction_is_move_pk";--> statement-breakpoint
ALTER TABLE "public_line_sums" ADD COLUMN "class" text NOT NULL;--> statement-breakpoint
ALTER TABLE "public_line_sums" ADD CONSTRAINT "public_line_sums_day_fund_id_channel_receiving_account_id_line_id_direction_is_move_class_pk" PRIMARY KEY("day","fund_id","channel","receiving_account_id","line_id","direction","is_move","class");
