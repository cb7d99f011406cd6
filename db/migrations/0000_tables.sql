CREATE TABLE "bank_notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bank_notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"provider" text NOT NULL,
	"provider_event_id" text NOT NULL,
	"digest" text NOT NULL,
	"body" jsonb NOT NULL,
	"bank_transaction_id" bigint,
	"outcome" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bank_notices_once" UNIQUE("provider","provider_event_id","digest"),
	CONSTRAINT "bank_notices_outcome" CHECK ("bank_notices"."outcome" in ('booked', 'merged', 'contradiction', 'not_understood'))
);
--> statement-breakpoint
CREATE TABLE "bank_transactions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bank_transactions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receiving_account_id" integer,
	"account_number" text NOT NULL,
	"direction" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"reference" text,
	"memo" text NOT NULL,
	"running_balance_vnd" bigint,
	"transacted_at" timestamp with time zone NOT NULL,
	"provider" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"duplicate_of_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bank_transactions_amount_positive" CHECK ("bank_transactions"."amount_vnd" > 0),
	CONSTRAINT "bank_transactions_direction" CHECK ("bank_transactions"."direction" in ('in', 'out')),
	CONSTRAINT "bank_transactions_state" CHECK ("bank_transactions"."state" in ('placed', 'unplaced', 'to_return', 'outgoing', 'possible_duplicate', 'unknown_account')),
	CONSTRAINT "bank_transactions_account" CHECK (("bank_transactions"."receiving_account_id" is null) = ("bank_transactions"."state" = 'unknown_account')),
	CONSTRAINT "bank_transactions_duplicate" CHECK (("bank_transactions"."state" = 'possible_duplicate') = ("bank_transactions"."duplicate_of_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "budget_lines" (
	"campaign_id" integer NOT NULL,
	"position" integer NOT NULL,
	"item_vi" text NOT NULL,
	"item_en" text NOT NULL,
	"unit_vi" text NOT NULL,
	"unit_en" text NOT NULL,
	"standard_vi" text NOT NULL,
	"standard_en" text NOT NULL,
	"unit_price_vnd" bigint NOT NULL,
	"quantity" integer NOT NULL,
	CONSTRAINT "budget_lines_campaign_id_position_pk" PRIMARY KEY("campaign_id","position"),
	CONSTRAINT "budget_lines_counts" CHECK ("budget_lines"."unit_price_vnd" > 0 and "budget_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "campaign_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"campaign_id" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_transitions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaign_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"campaign_id" integer NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"reason_vi" text NOT NULL,
	"reason_en" text NOT NULL,
	"actor" text NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaign_transitions_once" UNIQUE("campaign_id","from_state","to_state","happened_at")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaigns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"fund_id" integer NOT NULL,
	"need_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"category" text NOT NULL,
	"line_id" integer NOT NULL,
	"overflow_line_id" integer NOT NULL,
	"state" text NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"summary_vi" text NOT NULL,
	"summary_en" text NOT NULL,
	"story_vi" text NOT NULL,
	"story_en" text NOT NULL,
	"overflow_vi" text NOT NULL,
	"overflow_en" text NOT NULL,
	"children" integer NOT NULL,
	"goal_vnd" bigint NOT NULL,
	"opens_on" date NOT NULL,
	"needed_by" date NOT NULL,
	"is_emergency" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaigns_slug_unique" UNIQUE("slug"),
	CONSTRAINT "campaigns_line_id_unique" UNIQUE("line_id"),
	CONSTRAINT "campaigns_state_known" CHECK ("campaigns"."state" in ('draft', 'in_review', 'open', 'funded', 'delivering', 'complete', 'closed')),
	CONSTRAINT "campaigns_counts" CHECK ("campaigns"."children" > 0 and "campaigns"."goal_vnd" > 0),
	CONSTRAINT "campaigns_days" CHECK ("campaigns"."needed_by" >= "campaigns"."opens_on"),
	CONSTRAINT "campaigns_overflow" CHECK ("campaigns"."line_id" <> "campaigns"."overflow_line_id")
);
--> statement-breakpoint
CREATE TABLE "event_positions" (
	"position" bigint PRIMARY KEY NOT NULL,
	"previous" bigint GENERATED ALWAYS AS (nullif(position, 0) - 1) STORED,
	"event_id" bigint NOT NULL,
	"sequenced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_positions_event" UNIQUE("event_id"),
	CONSTRAINT "event_positions_from_zero" CHECK ("event_positions"."position" >= 0)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"fund_id" integer,
	"line_id" integer,
	"day" date NOT NULL,
	"amount_vnd" bigint,
	"facts" jsonb NOT NULL,
	"donation_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "events_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "events_amount_positive" CHECK ("events"."amount_vnd" is null or "events"."amount_vnd" > 0)
);
--> statement-breakpoint
CREATE TABLE "parked_events" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"parked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending_events" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agencies" (
	"fund_id" integer NOT NULL,
	"key" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	CONSTRAINT "agencies_fund_id_key_pk" PRIMARY KEY("fund_id","key")
);
--> statement-breakpoint
CREATE TABLE "funds" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "funds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"place_vi" text NOT NULL,
	"place_en" text NOT NULL,
	"about_vi" text NOT NULL,
	"about_en" text NOT NULL,
	"publishes_by" text NOT NULL,
	CONSTRAINT "funds_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "programme_targets" (
	"programme_id" integer NOT NULL,
	"position" integer NOT NULL,
	"text_vi" text NOT NULL,
	"text_en" text NOT NULL,
	"percent" integer,
	CONSTRAINT "programme_targets_programme_id_position_pk" PRIMARY KEY("programme_id","position"),
	CONSTRAINT "programme_targets_percent" CHECK ("programme_targets"."percent" between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "programme_units" (
	"programme_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"is_priority" boolean NOT NULL,
	CONSTRAINT "programme_units_programme_id_unit_id_pk" PRIMARY KEY("programme_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "programmes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"slug" text NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"decision_number" text,
	"decided_on" date,
	"legal_basis_vi" text NOT NULL,
	"legal_basis_en" text NOT NULL,
	"period_from" integer NOT NULL,
	"period_to" integer NOT NULL,
	"reports_by" text NOT NULL,
	CONSTRAINT "programmes_slug_unique" UNIQUE("slug"),
	CONSTRAINT "programmes_period" CHECK ("programmes"."period_to" >= "programmes"."period_from")
);
--> statement-breakpoint
CREATE TABLE "receiving_accounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "receiving_accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"bank_bin" text NOT NULL,
	"bank_name" text NOT NULL,
	"account_number" text NOT NULL,
	"account_name" text NOT NULL,
	"alias" text NOT NULL,
	"proposed_by" text NOT NULL,
	"approved_by" text,
	"approved_at" timestamp with time zone,
	"effective_from" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "receiving_accounts_alias_unique" UNIQUE("alias"),
	CONSTRAINT "receiving_accounts_number" UNIQUE("account_number"),
	CONSTRAINT "receiving_accounts_bin" CHECK ("receiving_accounts"."bank_bin" ~ '^[0-9]{6}$'),
	CONSTRAINT "receiving_accounts_digits" CHECK ("receiving_accounts"."account_number" ~ '^[0-9A-Z]{1,19}$'),
	CONSTRAINT "receiving_accounts_two_people" CHECK ("receiving_accounts"."approved_by" is null or "receiving_accounts"."approved_by" <> "receiving_accounts"."proposed_by"),
	CONSTRAINT "receiving_accounts_effective" CHECK ("receiving_accounts"."effective_from" is null or ("receiving_accounts"."approved_by" is not null and "receiving_accounts"."approved_at" is not null and "receiving_accounts"."effective_from" >= "receiving_accounts"."approved_at"))
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"pledge_id" bigint NOT NULL,
	"field" text NOT NULL,
	"text" text NOT NULL,
	"salt" "bytea" NOT NULL,
	"commitment" text NOT NULL,
	"review" text NOT NULL,
	"reviewed_by" text,
	"reviewed_at" timestamp with time zone,
	CONSTRAINT "disclosures_pledge_id_field_pk" PRIMARY KEY("pledge_id","field"),
	CONSTRAINT "disclosures_field" CHECK ("disclosures"."field" in ('name', 'message')),
	CONSTRAINT "disclosures_review" CHECK ("disclosures"."review" in ('shown', 'waiting', 'refused')),
	CONSTRAINT "disclosures_reviewed" CHECK (("disclosures"."reviewed_by" is null) = ("disclosures"."reviewed_at" is null) and ("disclosures"."review" = 'shown' or "disclosures"."review" = 'waiting' or "disclosures"."reviewed_by" is not null)),
	CONSTRAINT "disclosures_salt" CHECK (octet_length("disclosures"."salt") = 32)
);
--> statement-breakpoint
CREATE TABLE "donations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "donations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"line_id" integer NOT NULL,
	"pledge_id" bigint,
	"bank_transaction_id" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "donations_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "donations_amount_positive" CHECK ("donations"."amount_vnd" > 0)
);
--> statement-breakpoint
CREATE TABLE "pledge_contacts" (
	"pledge_id" bigint PRIMARY KEY NOT NULL,
	"email" text,
	"tax_code" text
);
--> statement-breakpoint
CREATE TABLE "pledges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pledges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"fund_id" integer NOT NULL,
	"campaign_id" integer NOT NULL,
	"receiving_account_id" integer NOT NULL,
	"method" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"donor_kind" text NOT NULL,
	"is_named" boolean NOT NULL,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pledges_code_unique" UNIQUE("code"),
	CONSTRAINT "pledges_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "pledges_code" CHECK ("pledges"."code" ~ '^TD[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{7}$'),
	CONSTRAINT "pledges_amount" CHECK ("pledges"."amount_vnd" between 10000 and 100000000000),
	CONSTRAINT "pledges_state" CHECK ("pledges"."state" in ('open', 'received', 'cancelled')),
	CONSTRAINT "pledges_donor_kind" CHECK ("pledges"."donor_kind" in ('person', 'company')),
	CONSTRAINT "pledges_expiry" CHECK ("pledges"."expires_at" > "pledges"."created_at")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"uid" uuid NOT NULL,
	"kind" text NOT NULL,
	"seed" text,
	"anchor_day" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "installation_one_row" CHECK ("installation"."id" = 1),
	CONSTRAINT "installation_kind" CHECK ("installation"."kind" in ('sample', 'real')),
	CONSTRAINT "installation_sample_seed" CHECK (("installation"."kind" = 'sample') = ("installation"."seed" is not null and "installation"."anchor_day" is not null))
);
--> statement-breakpoint
CREATE TABLE "load_steps" (
	"name" text PRIMARY KEY NOT NULL,
	"finished_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site_state" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"version" bigint NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "site_state_one_row" CHECK ("site_state"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"reverses_entry_id" bigint,
	"occurred_at" timestamp with time zone NOT NULL,
	"booked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entries_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "entries_reverses_entry_id_unique" UNIQUE("reverses_entry_id"),
	CONSTRAINT "entries_not_itself" CHECK ("entries"."reverses_entry_id" is null or "entries"."reverses_entry_id" < "entries"."id")
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"ledger_id" integer NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"line_id" integer,
	"receiving_account_id" integer,
	CONSTRAINT "ledger_accounts_in_ledger" UNIQUE("ledger_id","id"),
	CONSTRAINT "ledger_accounts_identity" UNIQUE NULLS NOT DISTINCT("ledger_id","kind","line_id","receiving_account_id"),
	CONSTRAINT "ledger_accounts_children_only" CHECK (not ("ledger_accounts"."kind" = 'admin_expense' and "ledger_accounts"."source" = 'donation')),
	CONSTRAINT "ledger_accounts_line_only" CHECK (("ledger_accounts"."kind" = 'line') = ("ledger_accounts"."line_id" is not null)),
	CONSTRAINT "ledger_accounts_bank_only" CHECK ("ledger_accounts"."receiving_account_id" is null or "ledger_accounts"."kind" = 'bank'),
	CONSTRAINT "ledger_accounts_kind" CHECK ("ledger_accounts"."kind" in ('bank', 'cash_box', 'stripe_clearing', 'line', 'advance', 'stock', 'due_from_state_budget', 'due_to_donations', 'admin_expense'))
);
--> statement-breakpoint
CREATE TABLE "ledgers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledgers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"source" text NOT NULL,
	"unit" text NOT NULL,
	CONSTRAINT "ledgers_identity" UNIQUE("fund_id","source","unit"),
	CONSTRAINT "ledgers_source" UNIQUE("id","source"),
	CONSTRAINT "ledgers_source_known" CHECK ("ledgers"."source" in ('donation', 'state_budget'))
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "postings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" bigint NOT NULL,
	"ledger_id" integer NOT NULL,
	"debit_account_id" integer NOT NULL,
	"credit_account_id" integer NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "postings_amount_positive" CHECK ("postings"."amount" > 0),
	CONSTRAINT "postings_two_accounts" CHECK ("postings"."debit_account_id" <> "postings"."credit_account_id")
);
--> statement-breakpoint
CREATE TABLE "day_totals" (
	"day" date NOT NULL,
	"fund_id" integer NOT NULL,
	"received_vnd" bigint NOT NULL,
	"gifts" integer NOT NULL,
	CONSTRAINT "day_totals_day_fund_id_pk" PRIMARY KEY("day","fund_id")
);
--> statement-breakpoint
CREATE TABLE "intervals" (
	"line_id" integer NOT NULL,
	"start_vnd" bigint NOT NULL,
	"end_vnd" bigint NOT NULL,
	"previous_end_vnd" bigint GENERATED ALWAYS AS (nullif(start_vnd, 0)) STORED,
	"event_id" bigint NOT NULL,
	"donation_id" bigint NOT NULL,
	CONSTRAINT "intervals_line_id_start_vnd_pk" PRIMARY KEY("line_id","start_vnd"),
	CONSTRAINT "intervals_end" UNIQUE("line_id","end_vnd"),
	CONSTRAINT "intervals_order" CHECK ("intervals"."start_vnd" >= 0 and "intervals"."end_vnd" > "intervals"."start_vnd")
);
--> statement-breakpoint
CREATE TABLE "line_totals" (
	"line_id" integer PRIMARY KEY NOT NULL,
	"received_vnd" bigint NOT NULL,
	"gifts" integer NOT NULL,
	"last_gift_at" timestamp with time zone,
	CONSTRAINT "line_totals_counts" CHECK ("line_totals"."received_vnd" >= 0 and "line_totals"."gifts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lines_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"kind" text NOT NULL,
	"unit" text DEFAULT 'VND' NOT NULL,
	CONSTRAINT "lines_kind" CHECK ("lines"."kind" in ('campaign', 'general', 'unplaced', 'reserve'))
);
--> statement-breakpoint
CREATE TABLE "need_categories" (
	"key" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"unit_vi" text NOT NULL,
	"unit_en" text NOT NULL,
	"about_vi" text NOT NULL,
	"about_en" text NOT NULL,
	"standard_vi" text NOT NULL,
	"standard_en" text NOT NULL,
	"lead_agency" text NOT NULL,
	"is_per_child" boolean NOT NULL,
	CONSTRAINT "need_categories_position_unique" UNIQUE("position"),
	CONSTRAINT "need_categories_agency" CHECK ("need_categories"."lead_agency" in ('health', 'education', 'culture', 'justice', 'labour', 'ethnic'))
);
--> statement-breakpoint
CREATE TABLE "need_coverages" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "need_coverages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"need_id" integer NOT NULL,
	"source" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"quantity" integer NOT NULL,
	"amount_vnd" bigint NOT NULL,
	CONSTRAINT "need_coverages_once" UNIQUE("need_id","source","name_vi"),
	CONSTRAINT "need_coverages_source" CHECK ("need_coverages"."source" in ('state_budget', 'fatherland_front', 'oda', 'foreign_ngo', 'other')),
	CONSTRAINT "need_coverages_counts" CHECK ("need_coverages"."quantity" > 0 and "need_coverages"."amount_vnd" > 0)
);
--> statement-breakpoint
CREATE TABLE "needs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "needs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"programme_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"category" text NOT NULL,
	"school_year" integer NOT NULL,
	"children" integer NOT NULL,
	"quantity" integer NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"state" text NOT NULL,
	"reported_on" date NOT NULL,
	"checked_on" date,
	CONSTRAINT "needs_once" UNIQUE("unit_id","category","school_year"),
	CONSTRAINT "needs_counts" CHECK ("needs"."children" > 0 and "needs"."quantity" > 0 and "needs"."amount_vnd" > 0),
	CONSTRAINT "needs_state" CHECK ("needs"."state" in ('reported', 'checked', 'published', 'refused')),
	CONSTRAINT "needs_checked" CHECK ("needs"."state" in ('reported', 'refused') or "needs"."checked_on" is not null)
);
--> statement-breakpoint
CREATE TABLE "administrative_units" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "administrative_units_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"level" text NOT NULL,
	"slug" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"full_name_vi" text NOT NULL,
	"full_name_en" text NOT NULL,
	"province_code" text NOT NULL,
	"province_vi" text NOT NULL,
	"province_en" text NOT NULL,
	"district_vi" text,
	"area_class" text,
	"area_km2" double precision,
	"latitude" double precision,
	"longitude" double precision,
	"boundary" jsonb,
	CONSTRAINT "administrative_units_slug_unique" UNIQUE("slug"),
	CONSTRAINT "administrative_units_code_valid_from" UNIQUE("code","valid_from"),
	CONSTRAINT "administrative_units_validity" CHECK ("administrative_units"."valid_to" is null or "administrative_units"."valid_to" >= "administrative_units"."valid_from"),
	CONSTRAINT "administrative_units_level" CHECK ("administrative_units"."level" in ('commune', 'ward', 'township')),
	CONSTRAINT "administrative_units_area_class" CHECK ("administrative_units"."area_class" in ('I', 'II', 'III'))
);
--> statement-breakpoint
CREATE TABLE "unit_successions" (
	"predecessor_id" integer NOT NULL,
	"successor_id" integer NOT NULL,
	"clause_vi" text NOT NULL,
	"is_partial" boolean NOT NULL,
	CONSTRAINT "unit_successions_predecessor_id_successor_id_pk" PRIMARY KEY("predecessor_id","successor_id")
);
--> statement-breakpoint
ALTER TABLE "bank_notices" ADD CONSTRAINT "bank_notices_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "bank_transactions_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_transactions" ADD CONSTRAINT "bank_transactions_duplicate_of_id_bank_transactions_id_fk" FOREIGN KEY ("duplicate_of_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_slugs" ADD CONSTRAINT "campaign_slugs_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_transitions" ADD CONSTRAINT "campaign_transitions_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_category_need_categories_key_fk" FOREIGN KEY ("category") REFERENCES "public"."need_categories"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_overflow_line_id_lines_id_fk" FOREIGN KEY ("overflow_line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_positions" ADD CONSTRAINT "event_positions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_positions" ADD CONSTRAINT "event_positions_chain" FOREIGN KEY ("previous") REFERENCES "public"."event_positions"("position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parked_events" ADD CONSTRAINT "parked_events_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_events" ADD CONSTRAINT "pending_events_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_targets" ADD CONSTRAINT "programme_targets_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_units" ADD CONSTRAINT "programme_units_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_units" ADD CONSTRAINT "programme_units_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receiving_accounts" ADD CONSTRAINT "receiving_accounts_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_bank_transaction_id_bank_transactions_id_fk" FOREIGN KEY ("bank_transaction_id") REFERENCES "public"."bank_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donations" ADD CONSTRAINT "donations_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_contacts" ADD CONSTRAINT "pledge_contacts_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_reverses_entry_id_entries_id_fk" FOREIGN KEY ("reverses_entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_receiving_account_id_receiving_accounts_id_fk" FOREIGN KEY ("receiving_account_id") REFERENCES "public"."receiving_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_ledger" FOREIGN KEY ("ledger_id","source") REFERENCES "public"."ledgers"("id","source") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledgers" ADD CONSTRAINT "ledgers_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_entry_id_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_debit" FOREIGN KEY ("ledger_id","debit_account_id") REFERENCES "public"."ledger_accounts"("ledger_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_credit" FOREIGN KEY ("ledger_id","credit_account_id") REFERENCES "public"."ledger_accounts"("ledger_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_totals" ADD CONSTRAINT "day_totals_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intervals" ADD CONSTRAINT "intervals_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intervals" ADD CONSTRAINT "intervals_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intervals" ADD CONSTRAINT "intervals_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intervals" ADD CONSTRAINT "intervals_chain" FOREIGN KEY ("line_id","previous_end_vnd") REFERENCES "public"."intervals"("line_id","end_vnd") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_totals" ADD CONSTRAINT "line_totals_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lines" ADD CONSTRAINT "lines_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_coverages" ADD CONSTRAINT "need_coverages_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_category_need_categories_key_fk" FOREIGN KEY ("category") REFERENCES "public"."need_categories"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_successions" ADD CONSTRAINT "unit_successions_predecessor_id_administrative_units_id_fk" FOREIGN KEY ("predecessor_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_successions" ADD CONSTRAINT "unit_successions_successor_id_administrative_units_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_notices_queue" ON "bank_notices" USING btree ("id") WHERE outcome in ('contradiction', 'not_understood');--> statement-breakpoint
CREATE INDEX "bank_notices_transaction" ON "bank_notices" USING btree ("bank_transaction_id");--> statement-breakpoint
CREATE INDEX "bank_transactions_reference" ON "bank_transactions" USING btree ("account_number","direction","amount_vnd","reference");--> statement-breakpoint
CREATE INDEX "bank_transactions_balance" ON "bank_transactions" USING btree ("account_number","direction","amount_vnd","running_balance_vnd");--> statement-breakpoint
CREATE INDEX "bank_transactions_provider" ON "bank_transactions" USING btree ("account_number","direction","amount_vnd","provider","transacted_at");--> statement-breakpoint
CREATE INDEX "bank_transactions_queue" ON "bank_transactions" USING btree ("id") WHERE state not in ('placed', 'outgoing');--> statement-breakpoint
CREATE INDEX "campaign_transitions_campaign" ON "campaign_transitions" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "campaigns_state" ON "campaigns" USING btree ("state","needed_by");--> statement-breakpoint
CREATE INDEX "campaigns_unit" ON "campaigns" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "campaigns_category" ON "campaigns" USING btree ("category");--> statement-breakpoint
CREATE INDEX "campaigns_fund" ON "campaigns" USING btree ("fund_id");--> statement-breakpoint
CREATE INDEX "events_line" ON "events" USING btree ("line_id","id");--> statement-breakpoint
CREATE INDEX "programme_units_unit" ON "programme_units" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "disclosures_waiting" ON "disclosures" USING btree ("pledge_id") WHERE review = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "donations_bank_transaction" ON "donations" USING btree ("bank_transaction_id");--> statement-breakpoint
CREATE INDEX "donations_pledge" ON "donations" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "pledges_campaign" ON "pledges" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_line" ON "ledger_accounts" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "postings_entry" ON "postings" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "postings_debit_account" ON "postings" USING btree ("debit_account_id");--> statement-breakpoint
CREATE INDEX "postings_credit_account" ON "postings" USING btree ("credit_account_id");--> statement-breakpoint
CREATE INDEX "intervals_event" ON "intervals" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "intervals_donation" ON "intervals" USING btree ("donation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lines_one_of_each" ON "lines" USING btree ("fund_id","kind","unit") WHERE kind <> 'campaign';--> statement-breakpoint
CREATE INDEX "needs_category" ON "needs" USING btree ("category","school_year");--> statement-breakpoint
CREATE INDEX "unit_successions_successor" ON "unit_successions" USING btree ("successor_id");