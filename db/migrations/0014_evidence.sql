CREATE TABLE "consents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "consents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" bigint NOT NULL,
	"given_by" text NOT NULL,
	"given_how" text NOT NULL,
	"paper_number" text NOT NULL,
	"given_on" date NOT NULL,
	"valid_until" date,
	"idempotency_key" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consents_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "consents_delivery" UNIQUE("id","delivery_id"),
	CONSTRAINT "consents_given_by" CHECK ("consents"."given_by" in ('school', 'health_station', 'guardians')),
	CONSTRAINT "consents_given_how" CHECK ("consents"."given_how" in ('paper', 'email')),
	CONSTRAINT "consents_days" CHECK ("consents"."valid_until" is null or "consents"."valid_until" >= "consents"."given_on"),
	CONSTRAINT "consents_withdrawn" CHECK (("consents"."withdrawn_by" is null) = ("consents"."withdrawn_at" is null))
);
--> statement-breakpoint
CREATE TABLE "files" (
	"name" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"stored_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "files_name" CHECK ("files"."name" ~ '^(shown|kept)/[0-9a-f]{64}$'),
	CONSTRAINT "files_bytes" CHECK ("files"."bytes" > 0)
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "papers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"spend_id" bigint NOT NULL,
	"delivery_id" bigint,
	"kind" text NOT NULL,
	"dated_on" date NOT NULL,
	"original" text NOT NULL,
	"original_salt" "bytea" NOT NULL,
	"original_commitment" text NOT NULL,
	"copy" text NOT NULL,
	"added_event_id" bigint NOT NULL,
	"idempotency_key" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"released_by" text,
	"released_as" text,
	"released_at" timestamp with time zone,
	"event_id" bigint,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	"reason_vi" text,
	"reason_en" text,
	CONSTRAINT "papers_added_event_id_unique" UNIQUE("added_event_id"),
	CONSTRAINT "papers_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "papers_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "papers_kind" CHECK ("papers"."kind" in ('handover', 'invoice', 'receipt')),
	CONSTRAINT "papers_handover" CHECK ("papers"."kind" <> 'handover' or "papers"."delivery_id" is not null),
	CONSTRAINT "papers_apart" CHECK ("papers"."original" like 'kept/%' and "papers"."copy" like 'shown/%'),
	CONSTRAINT "papers_two_people" CHECK ("papers"."released_by" <> "papers"."added_by"),
	CONSTRAINT "papers_released" CHECK (num_nonnulls("papers"."released_by", "papers"."released_as", "papers"."released_at", "papers"."event_id") in (0, 4)),
	CONSTRAINT "papers_withdrawn" CHECK (num_nonnulls("papers"."withdrawn_by", "papers"."withdrawn_at", "papers"."reason_vi", "papers"."reason_en") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "photo_files" (
	"photo_id" bigint NOT NULL,
	"format" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"file" text NOT NULL,
	CONSTRAINT "photo_files_photo_id_format_width_pk" PRIMARY KEY("photo_id","format","width")
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "photos_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" bigint NOT NULL,
	"consent_id" bigint NOT NULL,
	"alt_vi" text NOT NULL,
	"alt_en" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"commitment" text NOT NULL,
	"salt" "bytea",
	"idempotency_key" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"released_by" text,
	"released_at" timestamp with time zone,
	"event_id" bigint,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "photos_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "photos_event_id_unique" UNIQUE("event_id"),
	CONSTRAINT "photos_size" CHECK ("photos"."width" > 0 and "photos"."height" > 0),
	CONSTRAINT "photos_alt" CHECK (btrim("photos"."alt_vi") <> '' and btrim("photos"."alt_en") <> ''),
	CONSTRAINT "photos_two_people" CHECK ("photos"."released_by" <> "photos"."added_by"),
	CONSTRAINT "photos_released" CHECK (num_nonnulls("photos"."released_by", "photos"."released_at", "photos"."event_id") in (0, 3)),
	CONSTRAINT "photos_withdrawn" CHECK (("photos"."withdrawn_by" is null) = ("photos"."withdrawn_at" is null)),
	CONSTRAINT "photos_salt" CHECK (("photos"."salt" is null) = ("photos"."withdrawn_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_spend_id_spends_id_fk" FOREIGN KEY ("spend_id") REFERENCES "public"."spends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_original_files_name_fk" FOREIGN KEY ("original") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_copy_files_name_fk" FOREIGN KEY ("copy") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_added_event_id_events_id_fk" FOREIGN KEY ("added_event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_files" ADD CONSTRAINT "photo_files_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_files" ADD CONSTRAINT "photo_files_file_files_name_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_consent_of_delivery" FOREIGN KEY ("consent_id","delivery_id") REFERENCES "public"."consents"("id","delivery_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_there" ON "files" USING btree ("stored_at") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "papers_spend" ON "papers" USING btree ("spend_id","id");--> statement-breakpoint
CREATE INDEX "papers_delivery" ON "papers" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE INDEX "papers_copy" ON "papers" USING btree ("copy");--> statement-breakpoint
CREATE INDEX "papers_original" ON "papers" USING btree ("original");--> statement-breakpoint
CREATE INDEX "photo_files_file" ON "photo_files" USING btree ("file");--> statement-breakpoint
CREATE INDEX "photos_delivery" ON "photos" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE INDEX "photos_consent" ON "photos" USING btree ("consent_id");