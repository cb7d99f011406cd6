CREATE TABLE "upload_chunks" (
	"key" uuid NOT NULL,
	"from_byte" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "upload_chunks_key_from_byte_pk" PRIMARY KEY("key","from_byte"),
	CONSTRAINT "upload_chunks_size" CHECK ("upload_chunks"."from_byte" >= 0 and octet_length("upload_chunks"."data") between 1 and 524288)
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"key" uuid PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"touched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "uploads_bytes" CHECK ("uploads"."bytes" between 1 and 20971520),
	CONSTRAINT "uploads_sha256" CHECK ("uploads"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "upload_chunks" ADD CONSTRAINT "upload_chunks_key_uploads_key_fk" FOREIGN KEY ("key") REFERENCES "public"."uploads"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_staff_id_staff_members_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "uploads_touched" ON "uploads" USING btree ("touched_at");--> statement-breakpoint
CREATE INDEX "uploads_staff" ON "uploads" USING btree ("staff_id");