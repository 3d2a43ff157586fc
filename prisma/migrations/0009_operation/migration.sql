-- By hand: what waits for a person, so that counting it does not read the tables. Hardly any row stands in either.
CREATE INDEX "refunds_in_review" ON "refunds"("created_at") WHERE "status" = 'needs_review';
CREATE INDEX "events_for_review" ON "events"("id") WHERE "type" IN ('payment.needs_review', 'refund.needs_review');
