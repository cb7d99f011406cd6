CREATE TABLE "unclosed_lines" (
	"receiving_account_id" integer NOT NULL,
	"posted_on" date NOT NULL,
	"bank_transaction_id" bigint NOT NULL,
	CONSTRAINT "unclosed_lines_pk" PRIMARY KEY("receiving_account_id","posted_on","bank_transaction_id")
);
--> statement-breakpoint
CREATE INDEX "bank_transactions_unstated" ON "bank_transactions" USING btree ("receiving_account_id","transacted_at") WHERE posted_on is null and state <> 'duplicate';