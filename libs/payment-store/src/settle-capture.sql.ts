import { ATTEMPT_SOURCES, type Capture, type NewEvent, type Refund, type Settlement } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { retryingConflicts } from './write-conflict.js';

type NewCapture = Omit<Capture, 'accepted'>;

interface SettleEvents {
  readonly paid: NewEvent;
  readonly overpaid: NewEvent;
}

/**
 * Records a capture and settles it, with its event. One statement, because every payment ends here, twice when a
 * notification and a query meet. Read it as steps, each fed by the one before: take the payment's row lock (which shows
 * its newest state, whoever held it before); insert the capture, accepted if the payment was open, unless it is known;
 * then, only for a capture that is new, the attempt becomes paid, the payment becomes paid or owes the money back, and
 * the event takes the next number. Two unique indexes stand behind it: one accepted capture per payment, one obligation
 * per capture.
 */
export async function settleCapture(
  client: PrismaClient,
  capture: NewCapture,
  owed: Refund,
  events: SettleEvents,
): Promise<Settlement> {
  const [row] = await retryingConflicts(() => statement(client, capture, owed, events));
  if (row === undefined)
    throw new Error(`There is no payment ${capture.paymentId} to settle capture ${capture.id} for.`);
  if (row.accepted === null) return { outcome: 'known' };
  return row.accepted ? { outcome: 'accepted' } : { outcome: 'owed', refund: { ...owed, captureId: capture.id } };
}

/** No row: no such payment. `accepted` null: the capture was known. */
function statement(client: PrismaClient, capture: NewCapture, owed: Refund, { paid, overpaid }: SettleEvents) {
  return client.$queryRaw<{ accepted: boolean | null }[]>`
    WITH locked AS (
      SELECT id, app, status FROM payments WHERE id = ${capture.paymentId} FOR UPDATE
    ), captured AS (
      INSERT INTO captures (
        id, payment_id, attempt_id, provider, account_id, provider_reference, amount, currency, paid_at, payer_id,
        accepted, proof, notification_id
      )
      SELECT
        ${capture.id}, locked.id, ${capture.attemptId}, ${capture.provider}, ${capture.accountId},
        ${capture.providerReference}, ${capture.amount.amount}::bigint, ${capture.amount.currency},
        ${capture.paidAt}::timestamptz, ${capture.payerId ?? null}, locked.status = 'open', ${capture.proof},
        ${capture.notificationId ?? null}
      FROM locked
      ON CONFLICT (provider, account_id, provider_reference) DO NOTHING
      RETURNING id, payment_id, accepted
    ), attempt AS (
      UPDATE attempts SET status = 'paid', next_check_at = NULL, leased_until = NULL, code = NULL
      FROM captured
      WHERE attempts.id = ${capture.attemptId} AND attempts.payment_id = captured.payment_id
        AND attempts.status = ANY(${[...ATTEMPT_SOURCES.paid]}::text[])
    ), obligation AS (
      INSERT INTO refunds (
        id, app, payment_id, capture_id, reference, amount, currency, reason, status, cause, created_at, next_check_at, checks
      )
      SELECT
        ${owed.id}, locked.app, locked.id, captured.id, ${owed.reference}, ${owed.amount.amount}::bigint,
        ${owed.amount.currency}, ${owed.reason ?? null}, ${owed.status}, 'obligation', ${owed.createdAt}::timestamptz,
        ${owed.nextCheckAt ?? null}::timestamptz, ${owed.checks}::int
      FROM captured JOIN locked ON NOT captured.accepted
    ), payment AS (
      UPDATE payments SET
        last_sequence = last_sequence + 1,
        status = CASE WHEN captured.accepted THEN 'paid' ELSE status END,
        paid_at = CASE WHEN captured.accepted THEN ${capture.paidAt}::timestamptz ELSE paid_at END,
        paid_with = CASE WHEN captured.accepted THEN ${capture.attemptId} ELSE paid_with END,
        next_check_at = NULL,
        leased_until = NULL
      FROM captured
      WHERE payments.id = captured.payment_id
      RETURNING payments.id, payments.app, last_sequence, captured.accepted
    ), event AS (
      INSERT INTO events (id, type, app, payment_id, sequence, data, created_at)
      SELECT
        CASE WHEN accepted THEN ${paid.id} ELSE ${overpaid.id} END,
        CASE WHEN accepted THEN ${paid.type} ELSE ${overpaid.type} END,
        app, id, last_sequence,
        CASE WHEN accepted THEN ${JSON.stringify(paid.data)}::jsonb ELSE ${JSON.stringify(overpaid.data)}::jsonb END,
        CASE WHEN accepted THEN ${paid.createdAt}::timestamptz ELSE ${overpaid.createdAt}::timestamptz END
      FROM payment
    )
    SELECT captured.accepted FROM locked LEFT JOIN captured ON true`;
}
