-- By hand: keys made before there were roles could do everything.
ALTER TABLE "api_keys" ADD COLUMN "role" TEXT;
UPDATE "api_keys" SET "role" = CASE WHEN "app" IS NULL THEN 'owner' ELSE 'merchant' END;
ALTER TABLE "api_keys" ALTER COLUMN "role" SET NOT NULL;
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_role" CHECK (
    ("app" IS NULL AND "role" IN ('owner', 'editor', 'viewer')) OR ("app" IS NOT NULL AND "role" IN ('merchant', 'reader'))
);

-- AlterTable
ALTER TABLE "events" ALTER COLUMN "payment_id" DROP NOT NULL,
ALTER COLUMN "sequence" DROP NOT NULL;

-- AlterTable
ALTER TABLE "option_configs" ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "rollout_holds" (
    "id" TEXT NOT NULL,
    "app" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,
    "paid" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollout_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "impressions" (
    "id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "app" TEXT NOT NULL,
    "config_version" INTEGER NOT NULL,
    "facts" JSONB NOT NULL,
    "shown" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "impressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "app" TEXT,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "reason" TEXT,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("sequence")
);

-- CreateIndex
CREATE INDEX "rollout_holds_app_method_idx" ON "rollout_holds"("app", "method");

-- CreateIndex
CREATE INDEX "impressions_payment_id_idx" ON "impressions"("payment_id");

-- CreateIndex
CREATE INDEX "impressions_app_created_at_idx" ON "impressions"("app", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_hash_key" ON "audit_entries"("hash");

-- CreateIndex
CREATE INDEX "audit_entries_app_sequence_idx" ON "audit_entries"("app", "sequence");

-- AddForeignKey
ALTER TABLE "rollout_holds" ADD CONSTRAINT "rollout_holds_app_fkey" FOREIGN KEY ("app") REFERENCES "apps"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impressions" ADD CONSTRAINT "impressions_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- By hand: an event is a payment's, with its place among them, or an app's.
ALTER TABLE "events" ADD CONSTRAINT "events_of_payment" CHECK (("payment_id" IS NULL) = ("sequence" IS NULL));

-- By hand: a rollout is held once at a time.
CREATE UNIQUE INDEX "rollout_holds_one_open" ON "rollout_holds"("app", "method") WHERE "released_at" IS NULL;
ALTER TABLE "rollout_holds" ADD CONSTRAINT "rollout_holds_cause" CHECK ("cause" IN ('guardrail', 'admin'));

-- By hand: what was written into the audit log stays as it was.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only';
END
$$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
