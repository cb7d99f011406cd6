CREATE TABLE "log_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"last_position" bigint GENERATED ALWAYS AS (size - 1) STORED,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_checkpoints_root" CHECK ("log_checkpoints"."size" > 0 and octet_length("log_checkpoints"."root") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_keys" (
	"number" integer PRIMARY KEY NOT NULL,
	"previous" integer GENERATED ALWAYS AS (nullif(number, 0) - 1) STORED,
	"origin" text NOT NULL,
	"verifier_key" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_keys_verifier_key_unique" UNIQUE("verifier_key"),
	CONSTRAINT "log_keys_from_zero" CHECK ("log_keys"."number" >= 0),
	CONSTRAINT "log_keys_name" CHECK (starts_with("log_keys"."verifier_key", "log_keys"."origin" || '+'))
);
--> statement-breakpoint
CREATE TABLE "log_leaves" (
	"position" bigint PRIMARY KEY NOT NULL,
	"previous" bigint GENERATED ALWAYS AS (nullif(position, 0) - 1) STORED,
	"body" text NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_leaves_hash" CHECK ("log_leaves"."hash" = sha256('\x00'::bytea || convert_to("log_leaves"."body", 'UTF8'))),
	CONSTRAINT "log_leaves_length" CHECK (octet_length("log_leaves"."body") between 1 and 65535)
);
--> statement-breakpoint
CREATE TABLE "log_nodes" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"previous" bigint GENERATED ALWAYS AS (nullif(index, 0) - 1) STORED,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_nodes_level_index_pk" PRIMARY KEY("level","index"),
	CONSTRAINT "log_nodes_level" CHECK ("log_nodes"."level" between 1 and 7 and "log_nodes"."index" >= 0),
	CONSTRAINT "log_nodes_hash" CHECK (octet_length("log_nodes"."hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "log_checkpoints" ADD CONSTRAINT "log_checkpoints_last_position_log_leaves_position_fk" FOREIGN KEY ("last_position") REFERENCES "public"."log_leaves"("position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_keys" ADD CONSTRAINT "log_keys_chain" FOREIGN KEY ("previous") REFERENCES "public"."log_keys"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_leaves" ADD CONSTRAINT "log_leaves_position_event_positions_position_fk" FOREIGN KEY ("position") REFERENCES "public"."event_positions"("position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_leaves" ADD CONSTRAINT "log_leaves_chain" FOREIGN KEY ("previous") REFERENCES "public"."log_leaves"("position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_nodes" ADD CONSTRAINT "log_nodes_chain" FOREIGN KEY ("level","previous") REFERENCES "public"."log_nodes"("level","index") ON DELETE no action ON UPDATE no action;