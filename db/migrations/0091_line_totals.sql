-- Under another name: a process that knows no classes would add what comes to all of them.
ALTER TABLE "public_line_sums" RENAME TO "public_line_totals";--> statement-breakpoint
ALTER TABLE "public_line_totals" DROP CONSTRAINT "public_line_sums_counts";--> statement-breakpoint
DROP INDEX "public_line_sums_line";--> statement-breakpoint
DROP INDEX "public_line_sums_account";--> statement-breakpoint
ALTER TABLE "public_line_totals" DROP CONSTRAINT "public_line_sums_day_fund_id_channel_receiving_account_id_line_id_direction_is_move_class_pk";--> statement-breakpoint
ALTER TABLE "public_line_totals" ADD CONSTRAINT "public_line_totals_day_fund_id_channel_receiving_account_id_line_id_direction_is_move_class_pk" PRIMARY KEY("day","fund_id","channel","receiving_account_id","line_id","direction","is_move","class");--> statement-breakpoint
CREATE INDEX "public_line_totals_line" ON "public_line_totals" USING btree ("line_id","day");--> statement-breakpoint
CREATE INDEX "public_line_totals_account" ON "public_line_totals" USING btree ("receiving_account_id","day") WHERE line_id = -1;--> statement-breakpoint
ALTER TABLE "public_line_totals" ADD CONSTRAINT "public_line_totals_counts" CHECK ("public_line_totals"."lines" >= 0 and "public_line_totals"."vnd" >= 0);