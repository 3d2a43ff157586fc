-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "alerted_at" TIMESTAMPTZ(3),
ADD COLUMN     "lease" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "leased_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "lease" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "leased_until" TIMESTAMPTZ(3),
ADD COLUMN     "open_reviews" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "alerted_at" TIMESTAMPTZ(3),
ADD COLUMN     "lease" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "leased_until" TIMESTAMPTZ(3),
ADD COLUMN     "send_at" TIMESTAMPTZ(3),
ADD COLUMN     "sent_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "resolutions" (
    "event_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "note" TEXT,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resolutions_pkey" PRIMARY KEY ("event_id")
);

-- AddForeignKey
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- By hand: due work is claimed provider by provider.
DROP INDEX "attempts_due";
CREATE INDEX "attempts_due" ON "attempts"("provider", "next_check_at") WHERE "next_check_at" IS NOT NULL;

-- By hand: whoever looks for reviews reads nothing else.
CREATE INDEX "events_reviews" ON "events"("id") WHERE "type" LIKE '%.needs_review';

-- By hand: states of a resolution, and a reason where a person says that the matter is dealt with.
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_action" CHECK ("action" IN ('recheck', 'retry', 'dismiss'));
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_note" CHECK ("action" <> 'dismiss' OR "note" IS NOT NULL);
ALTER TABLE "payments" ADD CONSTRAINT "payments_open_reviews" CHECK ("open_reviews" >= 0);

-- By hand: refunds of before were sent as soon as they were written; reviews of before are all open.
UPDATE "refunds" SET "sent_at" = "created_at";
UPDATE "payments" SET "open_reviews" = counted.n FROM (
  SELECT "payment_id", count(*) AS n FROM "events" WHERE "type" LIKE '%.needs_review' GROUP BY "payment_id"
) AS counted WHERE "payments"."id" = counted."payment_id";
