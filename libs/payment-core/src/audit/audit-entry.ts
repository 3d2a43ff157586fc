import { contentHash } from '../content-hash.js';

/** Who changes the configuration, and why; kept with the change, in the same transaction. */
export interface Authorship {
  /** The head of an admin key, or the name of what acts by itself. */
  readonly actor: string;
  readonly reason?: string;
}

export const AUDIT_ACTIONS = [
  'app.saved',
  'options.changed',
  'account.changed',
  'account.retired',
  'key.made',
  'key.revoked',
  'rollout.held',
  'rollout.released',
  'webhook_endpoint.created',
  'webhook_endpoint.changed',
  'webhook_endpoint.rotated',
  'webhook_endpoint.disabled',
  'webhook_endpoint.deleted',
  'review.resolved',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One change as it is to be written down; never a secret. */
export interface AuditNote extends Authorship {
  readonly action: AuditAction;
  /** Absent: about the installation itself. */
  readonly app?: string;
  /** What was changed, for people: `options version 3`. */
  readonly subject: string;
  /** JSON, small. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A note in its place in the chain. */
export interface AuditEntry extends AuditNote {
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  readonly at: Date;
  /** Of the entry before it; FIRST_LINK for the first. */
  readonly previousHash: string;
  readonly hash: string;
}

export const FIRST_LINK = '0'.repeat(64);

/** SHA-256 over everything that an entry says and the hash before it: changing, adding or dropping one breaks the chain. */
export function linkHash({
  sequence,
  at,
  actor,
  reason,
  action,
  app,
  subject,
  detail,
  previousHash,
}: Omit<AuditEntry, 'hash'>) {
  return contentHash({ sequence, at: at.toISOString(), actor, reason, action, app, subject, detail, previousHash });
}

/** Where a chain breaks. */
export interface BrokenLink {
  readonly sequence: number;
  readonly why: 'changed' | 'unlinked' | 'missing';
}

/** Follows entries in their order from one whose hash is known; undefined while every link holds. */
export function brokenLink(
  entries: readonly AuditEntry[],
  from: Pick<AuditEntry, 'sequence' | 'hash'> = { sequence: 0, hash: FIRST_LINK },
): BrokenLink | undefined {
  let last = from;
  for (const entry of entries) {
    if (entry.sequence !== last.sequence + 1) return { sequence: last.sequence + 1, why: 'missing' };
    if (entry.previousHash !== last.hash) return { sequence: entry.sequence, why: 'unlinked' };
    if (entry.hash !== linkHash(entry)) return { sequence: entry.sequence, why: 'changed' };
    last = entry;
  }
  return undefined;
}
