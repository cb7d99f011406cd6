DROP INDEX "bank_transactions_reference";--> statement-breakpoint
DROP INDEX "bank_transactions_balance";--> statement-breakpoint
CREATE INDEX "bank_transactions_posting" ON "bank_transactions" USING btree ((account_number || ' ' || direction || ' ' || amount_vnd::text || ' ' || (posted_on - '2000-01-01'::date)::text));--> statement-breakpoint
CREATE INDEX "bank_transactions_reference" ON "bank_transactions" USING btree ((account_number || ' ' || direction || ' ' || amount_vnd::text || ' ' || reference));--> statement-breakpoint
CREATE INDEX "bank_transactions_balance" ON "bank_transactions" USING btree ((account_number || ' ' || direction || ' ' || amount_vnd::text || ' ' || running_balance_vnd::text));