CREATE TABLE "fund_particulars" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "fund_particulars_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"fund_id" integer NOT NULL,
	"address" text,
	"phone" text,
	"email" text,
	"tax_code" text,
	"written_by" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fund_particulars_address" CHECK (length("fund_particulars"."address") between 1 and 200),
	CONSTRAINT "fund_particulars_phone" CHECK ("fund_particulars"."phone" ~ '^[0-9+][0-9 .-]{5,24}$'),
	CONSTRAINT "fund_particulars_email" CHECK (length("fund_particulars"."email") between 3 and 254),
	CONSTRAINT "fund_particulars_tax_code" CHECK ("fund_particulars"."tax_code" ~ '^[0-9]{10}(-[0-9]{3})?$')
);
--> statement-breakpoint
ALTER TABLE "fund_particulars" ADD CONSTRAINT "fund_particulars_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fund_particulars_newest" ON "fund_particulars" USING btree ("fund_id","id");