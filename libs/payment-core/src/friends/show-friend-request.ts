import type { CoreContext } from '../core-context.js';
import type { Payment } from '../payment.js';
import { invalid, notFound, PaymentProblem } from '../problem.js';
import type { FriendRequest, FriendRequestRecord } from './friend-request.js';
import { findTextCode, MAX_TEXT, type TextCodeFault } from './text-code.js';

/** @throws PaymentProblem not_found */
export async function showFriendRequest(core: CoreContext, app: string, id: string): Promise<FriendRequestRecord> {
  const request = await core.stores.friends.findRequest(app, id);
  if (request === undefined) throw notFound('friend request');
  return recordOf(core, request);
}

/** 24 random bytes in URL-safe Base64: anything else in an address is nobody's, and no database is asked. */
const TOKEN = /^[\w-]{32}$/;

/** By the token of its link, whichever app: undefined when nothing has it. */
export async function findByToken(core: CoreContext, token: string): Promise<FriendRequestRecord | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const request = await core.stores.friends.findRequestByToken(token);
  return request === undefined ? undefined : recordOf(core, request);
}

/** The request of this payment by this method that friends may pay by now; undefined when there is none. */
export async function openFriendRequest(
  core: CoreContext,
  payment: Payment,
  method: string,
): Promise<FriendRequestRecord | undefined> {
  const request = await core.stores.friends.findOpenRequest(payment.id, method, core.clock.now());
  return request === undefined ? undefined : recordOf(core, request);
}

/**
 * The request whose code stands somewhere in a pasted text.
 * @throws PaymentProblem 400 about `/text` when no code is in it or its check does not hold; 404 `text_code_unknown`
 */
export async function resolveTextCode(core: CoreContext, app: string, text: string): Promise<FriendRequestRecord> {
  const found = findTextCode(text);
  if (!('code' in found)) throw invalid('/text', WRONG[found.wrong]);
  const request = await core.stores.friends.findRequestByTextCode(app, found.code);
  if (request !== undefined) return recordOf(core, request);
  const detail = 'No request of this app has this code. Ask your friend to share it again.';
  throw new PaymentProblem('not_found', { code: 'text_code_unknown', detail });
}

const WRONG: Readonly<Record<TextCodeFault, string>> = {
  too_long: `must be at most ${MAX_TEXT} characters long; paste the message with the code alone.`,
  missing: 'has no code in it; paste the whole message, with what stands between ￥ and ￥.',
  misspelled: 'has a code with a wrong letter in it; copy the message again instead of typing it.',
  several: 'has more than one code in it; paste one message.',
};

export async function recordOf(core: CoreContext, request: FriendRequest): Promise<FriendRequestRecord> {
  const record = await core.stores.payments.loadPayment(request.paymentId);
  if (record === undefined) throw new Error(`Friend request ${request.id} has no payment.`);
  return { ...record, request };
}
