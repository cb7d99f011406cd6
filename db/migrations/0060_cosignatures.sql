CREATE TABLE "log_cosignatures" (
	"witness_id" smallint NOT NULL,
	"size" bigint NOT NULL,
	"line" text NOT NULL,
	"cosigned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_cosignatures_witness_id_size_pk" PRIMARY KEY("witness_id","size"),
	CONSTRAINT "log_cosignatures_line" CHECK ("log_cosignatures"."line" like '— %' and right("log_cosignatures"."line", 1) = chr(10))
);
--> statement-breakpoint
CREATE TABLE "log_witnesses" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "log_witnesses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"verifier_key" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_witnesses_verifier_key_unique" UNIQUE("verifier_key")
);
--> statement-breakpoint
ALTER TABLE "log_cosignatures" ADD CONSTRAINT "log_cosignatures_witness_id_log_witnesses_id_fk" FOREIGN KEY ("witness_id") REFERENCES "public"."log_witnesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_cosignatures" ADD CONSTRAINT "log_cosignatures_size_log_checkpoints_size_fk" FOREIGN KEY ("size") REFERENCES "public"."log_checkpoints"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_cosignatures_size" ON "log_cosignatures" USING btree ("size");