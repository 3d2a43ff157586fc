import type { AuditEntry } from '@hutong/payment-core';
import type { AuditEntrySchema } from './admin-audit.schema.js';

export function auditEntryView(entry: AuditEntry): AuditEntrySchema {
  const { sequence, at, actor, action, app, subject, detail, reason, previousHash, hash } = entry;
  return {
    object: 'audit_entry',
    sequence,
    at: at.toISOString(),
    actor,
    action,
    app: app ?? null,
    subject,
    detail,
    reason: reason ?? null,
    previous_hash: previousHash,
    hash,
  };
}
