CREATE TABLE "public_line_file_parts" (
	"period" text NOT NULL,
	"position" integer NOT NULL,
	"file" text NOT NULL,
	CONSTRAINT "public_line_file_parts_period_position_pk" PRIMARY KEY("period","position")
);
--> statement-breakpoint
CREATE TABLE "public_line_files" (
	"period" text PRIMARY KEY NOT NULL,
	"changes" integer NOT NULL,
	"made_after" integer,
	"sha256" text,
	"bytes" bigint,
	"lines" bigint,
	"made_at" timestamp with time zone,
	CONSTRAINT "public_line_files_period" CHECK ("public_line_files"."period" ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
	CONSTRAINT "public_line_files_made" CHECK (num_nonnulls("public_line_files"."made_after", "public_line_files"."sha256", "public_line_files"."bytes", "public_line_files"."lines", "public_line_files"."made_at") in (0, 5))
);
--> statement-breakpoint
ALTER TABLE "public_line_file_parts" ADD CONSTRAINT "public_line_file_parts_period_public_line_files_period_fk" FOREIGN KEY ("period") REFERENCES "public"."public_line_files"("period") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_line_file_parts" ADD CONSTRAINT "public_line_file_parts_file_files_name_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "public_line_file_parts_file" ON "public_line_file_parts" USING btree ("file");