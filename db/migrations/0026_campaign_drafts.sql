CREATE TABLE "campaign_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaign_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"campaign_id" integer NOT NULL,
	"kind" text NOT NULL,
	"reason_vi" text,
	"reason_en" text,
	"facts" jsonb NOT NULL,
	"by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaign_changes_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "campaign_changes_reason" CHECK ("campaign_changes"."kind" not in ('paused', 'extended', 'closed') or (btrim(coalesce("campaign_changes"."reason_vi", '')) <> '' and btrim(coalesce("campaign_changes"."reason_en", '')) <> ''))
);
--> statement-breakpoint
CREATE TABLE "campaign_draft_texts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaign_draft_texts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"draft_id" integer NOT NULL,
	"version" integer,
	"based_on" integer NOT NULL,
	"content" jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"settled_by" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "campaign_draft_texts_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "campaign_draft_texts_version" UNIQUE("draft_id","version"),
	CONSTRAINT "campaign_draft_texts_settled" CHECK (("campaign_draft_texts"."settled_by" is null) = ("campaign_draft_texts"."settled_at" is null))
);
--> statement-breakpoint
CREATE TABLE "campaign_drafts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaign_drafts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"need_id" integer NOT NULL,
	"campaign_id" integer,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"beyond_vnd" bigint,
	"beyond_reason" text,
	"beyond_by" text,
	"discarded_at" timestamp with time zone,
	CONSTRAINT "campaign_drafts_campaign_id_unique" UNIQUE("campaign_id"),
	CONSTRAINT "campaign_drafts_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "campaign_drafts_beyond" CHECK (num_nonnulls("campaign_drafts"."beyond_vnd", "campaign_drafts"."beyond_reason", "campaign_drafts"."beyond_by") in (0, 3)),
	CONSTRAINT "campaign_drafts_beyond_said" CHECK ("campaign_drafts"."beyond_vnd" > 0 and btrim("campaign_drafts"."beyond_reason") <> '')
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "handed_in_by" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "approved_by" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "opens_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "beyond_reason" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "beyond_by" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "rest_line_id" integer;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_changes" ADD CONSTRAINT "campaign_changes_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_draft_texts" ADD CONSTRAINT "campaign_draft_texts_draft_id_campaign_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."campaign_drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_drafts" ADD CONSTRAINT "campaign_drafts_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_drafts" ADD CONSTRAINT "campaign_drafts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_changes_campaign" ON "campaign_changes" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "campaign_draft_texts_apart" ON "campaign_draft_texts" USING btree ("draft_id") WHERE version is null and settled_at is null;--> statement-breakpoint
CREATE INDEX "campaign_drafts_need" ON "campaign_drafts" USING btree ("need_id");--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_rest_line_id_lines_id_fk" FOREIGN KEY ("rest_line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaigns_need" ON "campaigns" USING btree ("need_id");--> statement-breakpoint
-- Who handed in and who opened what is public already is in its history.
UPDATE campaigns c SET
  handed_in_by = (SELECT t.actor FROM campaign_transitions t WHERE t.campaign_id = c.id AND t.to_state = 'in_review'
    AND t.actor IS DISTINCT FROM (SELECT o.actor FROM campaign_transitions o WHERE o.campaign_id = c.id AND o.to_state = 'open' ORDER BY o.id LIMIT 1)
    ORDER BY t.id DESC LIMIT 1),
  (approved_by, approved_at, opens_at) = (SELECT o.actor, o.happened_at, o.happened_at FROM campaign_transitions o
    WHERE o.campaign_id = c.id AND o.to_state = 'open' ORDER BY o.id LIMIT 1)
WHERE c.state <> 'draft';--> statement-breakpoint
SET CONSTRAINTS ALL IMMEDIATE;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_two_people" CHECK ("campaigns"."approved_by" <> "campaigns"."handed_in_by");--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_approved" CHECK (num_nonnulls("campaigns"."approved_by", "campaigns"."approved_at", "campaigns"."opens_at") in (0, 3));--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_reviewed" CHECK ("campaigns"."state" in ('draft', 'in_review') or "campaigns"."approved_by" is not null);--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_paused" CHECK ("campaigns"."paused_at" is null or "campaigns"."state" in ('open', 'funded', 'delivering', 'complete', 'closed'));--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_beyond" CHECK (("campaigns"."beyond_reason" is null) = ("campaigns"."beyond_by" is null) and btrim("campaigns"."beyond_reason") <> '');--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_rest" CHECK ("campaigns"."rest_line_id" is null or ("campaigns"."state" = 'closed' and "campaigns"."rest_line_id" <> "campaigns"."line_id"));