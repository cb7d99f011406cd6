DROP INDEX "donations_pledge";--> statement-breakpoint
CREATE INDEX "donations_pledge" ON "donations" USING btree ("pledge_id","received_at","id");