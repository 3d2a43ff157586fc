-- A code that any wallet may scan is an attempt whose provider nobody knows yet.
ALTER TABLE "attempts" ALTER COLUMN "provider" DROP NOT NULL,
ALTER COLUMN "account_id" DROP NOT NULL,
ALTER COLUMN "account_version" DROP NOT NULL;

-- By hand: all three or none; and what no provider knows is shown or over, never paid.
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_wallet" CHECK (("provider" IS NULL) = ("account_id" IS NULL) AND ("provider" IS NULL) = ("account_version" IS NULL));
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_without_wallet" CHECK ("provider" IS NOT NULL OR "status" IN ('awaiting_payer', 'closed'));
