CREATE TABLE "log_key_ends" (
	"number" integer PRIMARY KEY NOT NULL,
	"last_size" bigint NOT NULL,
	"ended_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_key_ends" ADD CONSTRAINT "log_key_ends_number_log_keys_number_fk" FOREIGN KEY ("number") REFERENCES "public"."log_keys"("number") ON DELETE no action ON UPDATE no action;