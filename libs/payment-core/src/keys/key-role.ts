/**
 * What a key may do. Of an app: `merchant` calls everything, `reader` only reads. Of the installation: `viewer` reads,
 * `editor` also changes apps and options, `owner` also changes accounts and keys.
 */
export const KEY_ROLES = ['merchant', 'reader', 'owner', 'editor', 'viewer'] as const;

export type KeyRole = (typeof KEY_ROLES)[number];

export const APP_ROLES = ['merchant', 'reader'] as const satisfies readonly KeyRole[];
export const ADMIN_ROLES = ['owner', 'editor', 'viewer'] as const satisfies readonly KeyRole[];

/** Each role and those whose work it may do too. */
const COVERS = {
  merchant: ['merchant', 'reader'],
  reader: ['reader'],
  owner: ['owner', 'editor', 'viewer'],
  editor: ['editor', 'viewer'],
  viewer: ['viewer'],
} as const satisfies Readonly<Record<KeyRole, readonly KeyRole[]>>;

/** Whether a key of role `held` may do what needs `needed`. */
export function mayActAs(held: KeyRole, needed: KeyRole): boolean {
  return (COVERS[held] as readonly KeyRole[]).includes(needed);
}
