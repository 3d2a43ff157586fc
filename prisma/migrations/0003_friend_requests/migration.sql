-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "friend_request_id" TEXT;

-- CreateTable
CREATE TABLE "friend_requests" (
    "id" TEXT NOT NULL,
    "app" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "message" TEXT,
    "content_hash" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "text_code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "canceled_at" TIMESTAMPTZ(3),
    "holder" TEXT,
    "held_until" TIMESTAMPTZ(3),
    "attempt_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "friend_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "friend_requests_token_key" ON "friend_requests"("token");

-- CreateIndex
CREATE UNIQUE INDEX "friend_requests_app_text_code_key" ON "friend_requests"("app", "text_code");

-- CreateIndex
CREATE INDEX "friend_requests_payment_id_idx" ON "friend_requests"("payment_id");

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_friend_request_id_fkey" FOREIGN KEY ("friend_request_id") REFERENCES "friend_requests"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "friend_requests" ADD CONSTRAINT "friend_requests_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- By hand: whoever holds it holds it until a moment.
ALTER TABLE "friend_requests" ADD CONSTRAINT "friend_requests_held" CHECK (("holder" IS NULL) = ("held_until" IS NULL));
