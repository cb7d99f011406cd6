ALTER TABLE "papers" DROP CONSTRAINT "papers_kind";--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "spend_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "goods_receipt_id" bigint;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_goods_receipt_id_goods_receipts_id_fk" FOREIGN KEY ("goods_receipt_id") REFERENCES "public"."goods_receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "papers_goods" ON "papers" USING btree ("goods_receipt_id") WHERE goods_receipt_id is not null;--> statement-breakpoint
CREATE INDEX "papers_waiting" ON "papers" USING btree ("id") WHERE released_at is null and withdrawn_at is null and copy is not null;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_of" CHECK (num_nonnulls("papers"."spend_id", "papers"."goods_receipt_id") = 1 and ("papers"."delivery_id" is null or "papers"."spend_id" is not null));--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_of_goods" CHECK (("papers"."kind" in ('goods_note', 'certificate')) = ("papers"."goods_receipt_id" is not null));--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_kind" CHECK ("papers"."kind" in ('handover', 'invoice', 'receipt', 'quotation', 'goods_note', 'certificate'));