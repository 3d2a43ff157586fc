import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CoreContext } from '@hutong/payment-core';
import type { GatewayReply, GatewayRequest } from '../http/request.js';

/** One page and everything below it: what a browser keeps for one link is sent to no other. */
export interface CookieScope {
  /** The page's path, with its token in it. */
  readonly path: string;
  /** Under which people reach us: over https a cookie is never sent in the clear. */
  readonly publicUrl: string;
}

const VISITOR = 'hutong_visitor';
/** 24 random bytes in URL-safe Base64, as `giveVisitor` makes them. */
const SECRET = /^[\w-]{32}$/;
/** Longer than any link lives, so that whoever paid still finds the result. */
const KEPT_SECONDS = 8 * 86_400;

/** The secret by which a page knows this browser again: 192 bits that say nothing else. Undefined for a stranger. */
export function visitorSecret({ cookies }: GatewayRequest): string | undefined {
  const secret = cookies[VISITOR];
  return secret !== undefined && SECRET.test(secret) ? secret : undefined;
}

/** Gives this browser a secret of its own. */
export function giveVisitor(reply: GatewayReply, scope: CookieScope): string {
  const secret = randomBytes(24).toString('base64url');
  setCookie(reply, scope, { name: VISITOR, value: secret, seconds: KEPT_SECONDS });
  return secret;
}

export interface PageCookie {
  readonly name: string;
  readonly value: string;
  readonly seconds: number;
}

/** Lax: a form of another site comes without it, a way back from a wallet's sign-in with it. No script reads it. */
export function setCookie(reply: GatewayReply, { path, publicUrl }: CookieScope, { name, value, seconds }: PageCookie) {
  const secure = new URL(publicUrl).protocol === 'https:';
  void reply.setCookie(name, value, { path, secure, maxAge: seconds, httpOnly: true, sameSite: 'lax' });
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Sealed values of ours are shorter; nobody makes us decrypt more. */
const LONGEST = 2_048;

/** A value that the browser keeps for us without being able to read or change it, bound to `context`. */
export function seal(core: CoreContext, context: readonly string[], value: unknown): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(core), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(context)));
  const sealed = [nonce, cipher.update(JSON.stringify(value)), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Undefined for what is not ours, is changed, or was sealed in another context. */
export function unseal(core: CoreContext, context: readonly string[], sealed: string | undefined): unknown {
  const bytes = Buffer.from(sealed !== undefined && sealed.length <= LONGEST ? sealed : '', 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(core), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(JSON.stringify(context)));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return JSON.parse(Buffer.concat(opened).toString());
  } catch {
    return undefined;
  }
}

/** Under the stores' key, and like no other fingerprint of ours: what it is made from begins with its purpose. */
function keyOf({ stores }: CoreContext): Buffer {
  return Buffer.from(stores.fingerprint(JSON.stringify(['page_cookies'])), 'hex');
}
