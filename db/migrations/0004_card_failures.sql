CREATE TABLE "card_failures" (
	"charge_id" text PRIMARY KEY NOT NULL,
	"fund_id" integer NOT NULL,
	"session_id" bigint,
	"visitor" text,
	"card" text,
	"failed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "card_sessions" ADD COLUMN "visitor" text;--> statement-breakpoint
ALTER TABLE "card_failures" ADD CONSTRAINT "card_failures_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_failures" ADD CONSTRAINT "card_failures_session_id_card_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."card_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_failures_fund" ON "card_failures" USING btree ("fund_id","failed_at");--> statement-breakpoint
CREATE INDEX "card_failures_session" ON "card_failures" USING btree ("session_id");