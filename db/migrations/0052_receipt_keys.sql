CREATE TABLE "receipt_keys" (
	"verifier_key" text PRIMARY KEY NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "receipt_keys_form" CHECK ("receipt_keys"."verifier_key" ~ '^[^+ ]+/bien-nhan[+][0-9a-f]{8}[+].+$')
);
