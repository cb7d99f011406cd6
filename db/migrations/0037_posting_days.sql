CREATE TABLE "bank_posting_days" (
	"decision_id" bigint NOT NULL,
	"bank_transaction_id" bigint NOT NULL,
	"told_by_id" bigint NOT NULL,
	"posted_on" date NOT NULL,
	CONSTRAINT "bank_posting_days_decision_id_bank_transaction_id_pk" PRIMARY KEY("decision_id","bank_transaction_id")
);
--> statement-breakpoint
ALTER TABLE "bank_posting_days" ADD CONSTRAINT "bank_posting_days_decision_id_bank_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."bank_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_posting_days" ADD CONSTRAINT "bank_posting_days_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_posting_days" ADD CONSTRAINT "bank_posting_days_told_by_id_bank_transactions_id_fk" FOREIGN KEY ("told_by_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_posting_days_line" ON "bank_posting_days" USING btree ("bank_transaction_id");--> statement-breakpoint
CREATE INDEX "bank_posting_days_told_by" ON "bank_posting_days" USING btree ("told_by_id");