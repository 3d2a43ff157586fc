-- CreateTable
CREATE TABLE "reconciliations" (
    "account_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "app" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "run" INTEGER NOT NULL DEFAULT 0,
    "leased_until" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "tally" JSONB,
    "waiting" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("account_id","date")
);

-- CreateTable
CREATE TABLE "reconciliation_lines" (
    "account_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "provider_reference" TEXT NOT NULL,
    "refund_reference" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "fee" BIGINT NOT NULL,
    "state" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciliation_lines_pkey" PRIMARY KEY ("account_id","date","run","position")
);

-- CreateTable
CREATE TABLE "statement_listings" (
    "subject_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,

    CONSTRAINT "statement_listings_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "reconciliation_differences" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "reference" TEXT,
    "provider_reference" TEXT,
    "refund_reference" TEXT,
    "payment_id" TEXT,
    "attempt_id" TEXT,
    "refund_id" TEXT,
    "ours" JSONB,
    "theirs" JSONB,
    "resolution" TEXT,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_differences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reconciliations_app_provider_date_idx" ON "reconciliations"("app", "provider", "date");

-- CreateIndex
CREATE INDEX "reconciliation_lines_account_id_date_run_key_position_idx" ON "reconciliation_lines"("account_id", "date", "run", "key", "position");

-- CreateIndex
CREATE INDEX "statement_listings_account_id_date_idx" ON "statement_listings"("account_id", "date");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_differences_account_id_date_kind_key_key" ON "reconciliation_differences"("account_id", "date", "kind", "key");

-- CreateIndex
CREATE INDEX "captures_account_id_paid_at_idx" ON "captures"("account_id", "paid_at");

-- AddForeignKey
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_account_id_date_fkey" FOREIGN KEY ("account_id", "date") REFERENCES "reconciliations"("account_id", "date") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- By hand: closed lists, and days as the providers write them.
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_status" CHECK ("status" IN ('running', 'ready', 'not_ready', 'failed'));
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_date" CHECK ("date" ~ '^\d{4}-\d\d-\d\d$');
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_ready" CHECK ("status" <> 'ready' OR "tally" IS NOT NULL);
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_kind" CHECK ("kind" IN ('missing_here', 'missing_there', 'amount', 'state', 'duplicate', 'refund_without_payment', 'foreign'));
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_resolution" CHECK ("resolution" IN ('settled', 'owed', 'confirmed', 'review', 'unanswered', 'none'));

-- By hand: days that are due; most are done and stand in none of these.
CREATE INDEX "reconciliations_due" ON "reconciliations"("due_at") WHERE "due_at" IS NOT NULL;

-- By hand: refunds whose money went back, by when.
CREATE INDEX "refunds_succeeded_at" ON "refunds"("succeeded_at") WHERE "succeeded_at" IS NOT NULL;

-- By hand: lines live for one run; half the writing, and nothing to clean up after a crash.
ALTER TABLE "reconciliation_lines" SET UNLOGGED;
