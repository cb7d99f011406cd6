CREATE TABLE "organisation_logos" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisation_logos_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"giver_key" "bytea" NOT NULL,
	"file" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"released_by" text,
	"released_at" timestamp with time zone,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "organisation_logos_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "organisation_logos_size" CHECK ("organisation_logos"."width" > 0 and "organisation_logos"."height" > 0),
	CONSTRAINT "organisation_logos_two_people" CHECK ("organisation_logos"."released_by" <> "organisation_logos"."added_by"),
	CONSTRAINT "organisation_logos_released" CHECK (("organisation_logos"."released_by" is null) = ("organisation_logos"."released_at" is null)),
	CONSTRAINT "organisation_logos_withdrawn" CHECK (("organisation_logos"."withdrawn_by" is null) = ("organisation_logos"."withdrawn_at" is null))
);
--> statement-breakpoint
ALTER TABLE "organisation_logos" ADD CONSTRAINT "organisation_logos_file_files_name_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organisation_logos_file" ON "organisation_logos" USING btree ("file");--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_logos_one_shown" ON "organisation_logos" USING btree ("giver_key") WHERE released_at is not null and withdrawn_at is null;