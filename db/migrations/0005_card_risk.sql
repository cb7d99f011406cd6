CREATE INDEX "card_failures_visitor" ON "card_failures" USING btree ("visitor","failed_at");--> statement-breakpoint
CREATE INDEX "card_failures_card" ON "card_failures" USING btree ("card","failed_at");--> statement-breakpoint
CREATE INDEX "card_payments_fund" ON "card_payments" USING btree ("fund_id","charged_at");--> statement-breakpoint
CREATE INDEX "card_sessions_visitor" ON "card_sessions" USING btree ("visitor","created_at") WHERE visitor is not null;