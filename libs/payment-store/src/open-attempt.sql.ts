import type { Attempt, NewEvent } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { actionRow } from './payment.rows.js';
import { retryingConflicts } from './write-conflict.js';

/**
 * Inserts an attempt and its event while the payment is open; false when it is not. One statement: every payer's tap comes
 * through here, and an interactive transaction of the same three steps costs five times the CPU. The UPDATE takes the
 * payment's row lock and numbers the event; when it matches nothing, nothing else happens.
 */
export async function openAttempt(client: PrismaClient, attempt: Attempt, event: NewEvent): Promise<boolean> {
  const action = attempt.nextAction === undefined ? null : JSON.stringify(actionRow(attempt.nextAction));
  const rows = await retryingConflicts(
    () => client.$queryRaw<unknown[]>`
      WITH payment AS (
        UPDATE payments SET last_sequence = last_sequence + 1
        WHERE id = ${attempt.paymentId} AND app = ${attempt.app} AND status = 'open'
        RETURNING id, app, last_sequence
      ), attempt AS (
        INSERT INTO attempts (
          id, payment_id, app, method, scene, provider, account_id, account_version, reference, payer_key,
          status, next_action, code, created_at, expires_at, next_check_at, checks
        )
        SELECT
          ${attempt.id}, payment.id, payment.app, ${attempt.method}, ${attempt.scene}, ${attempt.provider ?? null},
          ${attempt.accountId ?? null}, ${attempt.accountVersion ?? null}::int, ${attempt.reference}, ${attempt.payerKey},
          ${attempt.status}, ${action}::jsonb, ${attempt.code ?? null}, ${attempt.createdAt}::timestamptz,
          ${attempt.expiresAt}::timestamptz, ${attempt.nextCheckAt ?? null}::timestamptz, ${attempt.checks}::int
        FROM payment
        RETURNING id
      ), event AS (
        INSERT INTO events (id, type, app, payment_id, sequence, data, created_at)
        SELECT ${event.id}, ${event.type}, ${event.app}, payment.id, payment.last_sequence,
          ${JSON.stringify(event.data)}::jsonb, ${event.createdAt}::timestamptz
        FROM payment
      )
      SELECT id FROM attempt`,
  );
  return rows.length === 1;
}
