CREATE TABLE "giver_sums" (
	"giver_id" bigint NOT NULL,
	"scope" text NOT NULL,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"gifts" integer NOT NULL,
	CONSTRAINT "giver_sums_giver_id_scope_year_pk" PRIMARY KEY("giver_id","scope","year"),
	CONSTRAINT "giver_sums_counts" CHECK ("giver_sums"."amount_vnd" >= 0 and "giver_sums"."gifts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "givers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "givers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"key" "bytea" NOT NULL,
	"pledge_id" bigint NOT NULL,
	CONSTRAINT "givers_key_unique" UNIQUE("key"),
	CONSTRAINT "givers_kind" CHECK ("givers"."kind" in ('person', 'company'))
);
--> statement-breakpoint
CREATE TABLE "recognised_gifts" (
	"donation_id" bigint PRIMARY KEY NOT NULL,
	"giver_id" bigint,
	"pledge_id" bigint,
	"fund_id" integer NOT NULL,
	"unit_id" integer,
	"category" text,
	"year" smallint NOT NULL,
	"amount_vnd" bigint NOT NULL,
	CONSTRAINT "recognised_gifts_amount" CHECK ("recognised_gifts"."amount_vnd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "recognition_tiers" (
	"fund_id" integer,
	"kind" text NOT NULL,
	"position" smallint NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"from_vnd" bigint NOT NULL,
	CONSTRAINT "recognition_tiers_order" UNIQUE NULLS NOT DISTINCT("fund_id","kind","position"),
	CONSTRAINT "recognition_tiers_kind" CHECK ("recognition_tiers"."kind" in ('person', 'company')),
	CONSTRAINT "recognition_tiers_counts" CHECK ("recognition_tiers"."position" >= 0 and "recognition_tiers"."from_vnd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "recognition_totals" (
	"scope" text NOT NULL,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"gifts" integer NOT NULL,
	CONSTRAINT "recognition_totals_scope_year_kind_pk" PRIMARY KEY("scope","year","kind"),
	CONSTRAINT "recognition_totals_counts" CHECK ("recognition_totals"."amount_vnd" >= 0 and "recognition_totals"."gifts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "disclosures" ADD COLUMN "folded" text GENERATED ALWAYS AS (trim(regexp_replace(lower(translate(normalize("disclosures"."text", NFC), 'àÀáÁảẢãÃạẠăĂằẰắẮẳẲẵẴặẶâÂầẦấẤẩẨẫẪậẬèÈéÉẻẺẽẼẹẸêÊềỀếẾểỂễỄệỆìÌíÍỉỈĩĨịỊòÒóÓỏỎõÕọỌôÔồỒốỐổỔỗỖộỘơƠờỜớỚởỞỡỠợỢùÙúÚủỦũŨụỤưƯừỪứỨửỬữỮựỰỳỲýÝỷỶỹỸỵỴđĐ', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeeeeeeeiiiiiiiiiioooooooooooooooooooooooooooooooooouuuuuuuuuuuuuuuuuuuuuuyyyyyyyyyydd')), '[^a-z0-9]+', ' ', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "giver_sums" ADD CONSTRAINT "giver_sums_giver_id_givers_id_fk" FOREIGN KEY ("giver_id") REFERENCES "public"."givers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "givers" ADD CONSTRAINT "givers_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_gifts" ADD CONSTRAINT "recognised_gifts_donation_id_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_gifts" ADD CONSTRAINT "recognised_gifts_giver_id_givers_id_fk" FOREIGN KEY ("giver_id") REFERENCES "public"."givers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_gifts" ADD CONSTRAINT "recognised_gifts_pledge_id_pledges_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_gifts" ADD CONSTRAINT "recognised_gifts_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_gifts" ADD CONSTRAINT "recognised_gifts_unit_id_administrative_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."administrative_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_gifts" ADD CONSTRAINT "recognised_gifts_category_need_categories_key_fk" FOREIGN KEY ("category") REFERENCES "public"."need_categories"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognition_tiers" ADD CONSTRAINT "recognition_tiers_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "giver_sums_order" ON "giver_sums" USING btree ("scope","year","kind","amount_vnd" DESC NULLS FIRST,"giver_id") WHERE amount_vnd > 0;--> statement-breakpoint
CREATE INDEX "givers_pledge" ON "givers" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "recognised_gifts_giver" ON "recognised_gifts" USING btree ("giver_id","pledge_id") WHERE giver_id is not null;--> statement-breakpoint
CREATE INDEX "disclosures_names" ON "disclosures" USING gin (to_tsvector('simple', folded)) WHERE field = 'name' and review = 'shown';