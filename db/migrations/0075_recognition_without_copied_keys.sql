ALTER TABLE "giver_sums" DROP CONSTRAINT "giver_sums_giver_id_givers_id_fk";
--> statement-breakpoint
ALTER TABLE "recognised_gifts" DROP CONSTRAINT "recognised_gifts_fund_id_funds_id_fk";
--> statement-breakpoint
ALTER TABLE "recognised_gifts" DROP CONSTRAINT "recognised_gifts_unit_id_administrative_units_id_fk";
--> statement-breakpoint
ALTER TABLE "recognised_gifts" DROP CONSTRAINT "recognised_gifts_category_need_categories_key_fk";
