CREATE TABLE "fund_settings" (
	"fund_id" integer PRIMARY KEY NOT NULL,
	"appointment_delay_days" integer NOT NULL,
	"account_delay_days" integer NOT NULL,
	CONSTRAINT "fund_settings_appointment" CHECK ("fund_settings"."appointment_delay_days" between 7 and 60),
	CONSTRAINT "fund_settings_account" CHECK ("fund_settings"."account_delay_days" between 3 and 60)
);
--> statement-breakpoint
CREATE TABLE "staff_audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"staff_id" text,
	"session_id" uuid,
	"network" text,
	"fund_id" integer,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"about_kind" text NOT NULL,
	"about_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "staff_audit_outcome" CHECK ("staff_audit"."outcome" in ('done', 'denied')),
	CONSTRAINT "staff_audit_who" CHECK (num_nonnulls("staff_audit"."staff_id", "staff_audit"."network") in (0, 2)),
	CONSTRAINT "staff_audit_size" CHECK (length("staff_audit"."before"::text) <= 8000 and length("staff_audit"."after"::text) <= 8000)
);
--> statement-breakpoint
CREATE TABLE "staff_communes" (
	"role_id" bigint NOT NULL,
	"unit_id" integer NOT NULL,
	CONSTRAINT "staff_communes_role_id_unit_id_pk" PRIMARY KEY("role_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "staff_members" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text,
	"name" text,
	"locale" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "staff_members_email" UNIQUE("email"),
	CONSTRAINT "staff_members_id" CHECK ("staff_members"."id" ~ '^[a-z0-9-]{4,40}$'),
	CONSTRAINT "staff_members_locale" CHECK ("staff_members"."locale" in ('vi', 'en')),
	CONSTRAINT "staff_members_email_small" CHECK ("staff_members"."email" = lower("staff_members"."email")),
	CONSTRAINT "staff_members_erased" CHECK (num_nonnulls("staff_members"."email", "staff_members"."name") = case when "staff_members"."erased_at" is null then 2 else 0 end)
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_roles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"staff_id" text NOT NULL,
	"fund_id" integer,
	"role" text NOT NULL,
	"appointed_by" text,
	"appointed_at" timestamp with time zone NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp with time zone,
	"effective_from" timestamp with time zone,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "staff_roles_role" CHECK ("staff_roles"."role" in ('editor', 'accountant', 'director', 'field_officer', 'auditor', 'operator')),
	CONSTRAINT "staff_roles_fund_known" CHECK (("staff_roles"."role" = 'operator') = ("staff_roles"."fund_id" is null)),
	CONSTRAINT "staff_roles_not_oneself" CHECK ("staff_roles"."appointed_by" <> "staff_roles"."staff_id"),
	CONSTRAINT "staff_roles_two_people" CHECK ("staff_roles"."confirmed_by" <> "staff_roles"."appointed_by" and "staff_roles"."confirmed_by" <> "staff_roles"."staff_id"),
	CONSTRAINT "staff_roles_confirmed" CHECK (("staff_roles"."confirmed_by" is null) = ("staff_roles"."confirmed_at" is null)),
	CONSTRAINT "staff_roles_effective" CHECK ("staff_roles"."effective_from" >= "staff_roles"."appointed_at"),
	CONSTRAINT "staff_roles_ended" CHECK ("staff_roles"."ended_by" is null or "staff_roles"."ended_at" is not null),
	CONSTRAINT "staff_roles_counted" CHECK ("staff_roles"."role" not in ('accountant', 'director') or "staff_roles"."effective_from" is null or "staff_roles"."appointed_by" is null
        or "staff_roles"."confirmed_at" is not null or "staff_roles"."effective_from" >= "staff_roles"."appointed_at" + interval '7 days')
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"network" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"second_factor_at" timestamp with time zone,
	"last_seen_at" timestamp with time zone NOT NULL,
	"idle_seconds" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_why" text,
	CONSTRAINT "staff_sessions_idle" CHECK ("staff_sessions"."idle_seconds" between 60 and 86400),
	CONSTRAINT "staff_sessions_ended" CHECK (("staff_sessions"."ended_at" is null) = ("staff_sessions"."ended_why" is null)),
	CONSTRAINT "staff_sessions_why" CHECK ("staff_sessions"."ended_why" in ('signed_out', 'everywhere', 'role_changed', 'factor_changed', 'erased'))
);
--> statement-breakpoint
ALTER TABLE "fund_settings" ADD CONSTRAINT "fund_settings_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_audit" ADD CONSTRAINT "staff_audit_staff_id_staff_members_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_audit" ADD CONSTRAINT "staff_audit_session_id_staff_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."staff_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_audit" ADD CONSTRAINT "staff_audit_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_communes" ADD CONSTRAINT "staff_communes_role_id_staff_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."staff_roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_communes" ADD CONSTRAINT "staff_communes_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff_id_staff_members_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_appointed_by_staff_members_id_fk" FOREIGN KEY ("appointed_by") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_confirmed_by_staff_members_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_ended_by_staff_members_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_id_staff_members_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staff_audit_fund" ON "staff_audit" USING btree ("fund_id","id");--> statement-breakpoint
CREATE INDEX "staff_audit_staff" ON "staff_audit" USING btree ("staff_id","id");--> statement-breakpoint
CREATE INDEX "staff_audit_about" ON "staff_audit" USING btree ("about_kind","about_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_roles_once" ON "staff_roles" USING btree ("staff_id",coalesce("fund_id", 0),"role") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "staff_roles_fund" ON "staff_roles" USING btree ("fund_id","role") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "staff_sessions_open" ON "staff_sessions" USING btree ("staff_id") WHERE ended_at is null;