DROP INDEX "giver_sums_order";--> statement-breakpoint
CREATE INDEX "giver_sums_order" ON "giver_sums" USING btree ("scope","year","kind","amount_vnd","giver_id") WHERE amount_vnd > 0;