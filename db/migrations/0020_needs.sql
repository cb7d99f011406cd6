CREATE TABLE "need_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "need_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"need_id" integer NOT NULL,
	"kind" text NOT NULL,
	"by" text NOT NULL,
	"reason" text,
	"before" jsonb,
	"after" jsonb,
	"version" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "need_changes_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "need_changes_reason" CHECK ("need_changes"."kind" not in ('refused', 'merged') or btrim(coalesce("need_changes"."reason", '')) <> '')
);
--> statement-breakpoint
CREATE TABLE "need_imports" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "need_imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"programme_id" integer NOT NULL,
	"school_year" integer NOT NULL,
	"file_name" text NOT NULL,
	"rows" jsonb NOT NULL,
	"state" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"staged_by" text NOT NULL,
	"staged_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "need_imports_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "need_imports_state" CHECK ("need_imports"."state" in ('staged', 'accepted', 'discarded')),
	CONSTRAINT "need_imports_decided" CHECK (("need_imports"."state" = 'staged') = ("need_imports"."decided_by" is null) and ("need_imports"."decided_by" is null) = ("need_imports"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "need_papers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "need_papers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"need_id" integer NOT NULL,
	"file" text NOT NULL,
	"type" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "need_papers_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "need_papers_kept" CHECK ("need_papers"."file" like 'kept/%')
);
--> statement-breakpoint
CREATE TABLE "need_round_answers" (
	"round_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"by" text NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "need_round_answers_round_id_unit_id_pk" PRIMARY KEY("round_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "need_rounds" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "need_rounds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"programme_id" integer NOT NULL,
	"school_year" integer NOT NULL,
	"due_on" date NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "need_rounds_once" UNIQUE("programme_id","school_year")
);
--> statement-breakpoint
ALTER TABLE "needs" DROP CONSTRAINT "needs_once";--> statement-breakpoint
ALTER TABLE "needs" DROP CONSTRAINT "needs_state";--> statement-breakpoint
ALTER TABLE "needs" DROP CONSTRAINT "needs_checked";--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "priority" text DEFAULT 'usual' NOT NULL;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "merged_into_id" integer;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "need_changes" ADD CONSTRAINT "need_changes_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_imports" ADD CONSTRAINT "need_imports_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_papers" ADD CONSTRAINT "need_papers_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_papers" ADD CONSTRAINT "need_papers_file_files_name_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_round_answers" ADD CONSTRAINT "need_round_answers_round_id_need_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."need_rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_round_answers" ADD CONSTRAINT "need_round_answers_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_rounds" ADD CONSTRAINT "need_rounds_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "need_changes_need" ON "need_changes" USING btree ("need_id","id");--> statement-breakpoint
CREATE INDEX "need_imports_programme" ON "need_imports" USING btree ("programme_id","id");--> statement-breakpoint
CREATE INDEX "need_papers_need" ON "need_papers" USING btree ("need_id","id");--> statement-breakpoint
CREATE INDEX "need_papers_file" ON "need_papers" USING btree ("file");--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_merged_into_id_needs_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "needs_once" ON "needs" USING btree ("unit_id","category","school_year") WHERE state in ('checked', 'published');--> statement-breakpoint
CREATE INDEX "needs_place" ON "needs" USING btree ("unit_id","category","school_year");--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_priority" CHECK ("needs"."priority" in ('urgent', 'usual', 'later'));--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_merged" CHECK (("needs"."state" = 'merged') = ("needs"."merged_into_id" is not null) and "needs"."merged_into_id" <> "needs"."id");--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_state" CHECK ("needs"."state" in ('reported', 'checked', 'published', 'refused', 'merged'));--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_checked" CHECK ("needs"."state" in ('reported', 'refused', 'merged') or "needs"."checked_on" is not null);