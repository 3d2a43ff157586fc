import type { FastifyInstance, HTTPMethods } from 'fastify';
import type { Arrived } from '../frame/arrived.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import type { WechatAccount } from './account.js';
import { applyAbnormalRefund } from './abnormal-refund.js';
import { signedAnswer, signedError, type Signer, unsignedError, UnsignedFile } from './answers.js';
import { parseAuthorization } from './authorization.js';
import { BILL_DOWNLOAD_PATH, downloadBill, fundFlowBillOf, tradeBillOf } from './bills.js';
import { certificates } from './certificates.js';
import type { WechatContext } from './context.js';
import { diagnoseSignature } from './diagnose-signature.js';
import { type Language, languageOf } from './language.js';
import { ORDER_ROUTES } from './order-routes.js';
import { refuseOtherMode } from './partnership.js';
import { refuseUnreadableIdentity } from './payer-identity.js';
import { referencesOf } from './references.js';
import { acceptRefund, queryRefund } from './refunds.js';
import type { Route } from './route.js';
import { isTransactionPath, verifyRequest } from './verify-request.js';
import { injectedError, WechatError } from './wechat-error.js';

const REFUNDS = '/v3/refund/domestic/refunds';

const ROUTES: readonly Route[] = [
  ...ORDER_ROUTES,
  {
    method: 'POST',
    url: REFUNDS,
    operation: 'refund',
    run: acceptRefund,
  },
  {
    method: 'POST',
    url: `${REFUNDS}/:refund_id/apply-abnormal-refund`,
    operation: 'refund',
    run: applyAbnormalRefund,
  },
  {
    method: 'GET',
    url: `${REFUNDS}/:out_refund_no`,
    operation: 'refund_query',
    run: ({ params, query }, account, context) =>
      queryRefund(params['out_refund_no'] ?? '', account, context, query.get('sub_mchid')),
  },
  { method: 'GET', url: '/v3/bill/tradebill', operation: 'bill', run: tradeBillOf },
  { method: 'GET', url: '/v3/bill/fundflowbill', operation: 'bill', run: fundFlowBillOf },
  { method: 'GET', url: BILL_DOWNLOAD_PATH, operation: 'bill', run: downloadBill },
  { method: 'GET', url: '/v3/certificates', operation: 'certificates', run: certificates },
];

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every route of the wire; routing is judged before anything else (protocol §1.3). */
export function registerRoutes(scope: FastifyInstance, context: WechatContext): void {
  for (const route of ROUTES) {
    const { method, url } = route;
    const plan = planOf(route, context);
    scope.route({ method, url, handler: (request, reply) => context.frame.exchanges.serve(request, reply, plan) });
    const others = METHODS.filter((other) => other !== method);
    scope.route({ method: others, url, handler: (_request, reply) => reply.code(405).send('') });
  }
}

function planOf(route: Route, context: WechatContext): ExchangePlan {
  return {
    provider: 'wechat_pay',
    operation: route.operation,
    references: (arrived) => referencesOf(arrived, context),
    answer: (arrived) => answer(arrived, route, context),
    error: (arrived, fault) => injected(arrived, fault, context),
  };
}

/** Verify first; whatever comes after that is signed, refusals included. */
async function answer(arrived: Arrived, route: Route, context: WechatContext): Promise<Answer> {
  try {
    const account = verifyRequest(arrived, context);
    return await judged(arrived, account, route, context);
  } catch (cause) {
    if (!(cause instanceof WechatError)) throw cause;
    arrived.notes.verdict = 'refused';
    arrived.notes.reason = `${cause.code}: ${cause.message}`;
    if (cause.code === 'SIGN_ERROR') arrived.notes.cause = await diagnoseSignature(arrived, context);
    return unsignedError(cause, !isTransactionPath(arrived.path), askedLanguage(arrived));
  }
}

async function judged(arrived: Arrived, account: WechatAccount, route: Route, context: WechatContext): Promise<Answer> {
  const signer = signerOf(arrived, account, context);
  try {
    if (route.mode !== undefined) refuseOtherMode(account, route.mode);
    if (route.operation === 'order') await refuseUnreadableIdentity(arrived, account, context);
    const body = await route.run(arrived, account, context);
    if (body instanceof UnsignedFile) return body.toAnswer();
    return signedAnswer(body === undefined ? 204 : 200, body, signer, askedLanguage(arrived));
  } catch (cause) {
    if (!(cause instanceof WechatError)) throw cause;
    arrived.notes.reason = `${cause.code}: ${cause.message}`;
    return signedError(cause, signer, askedLanguage(arrived));
  }
}

const askedLanguage = (arrived: Arrived): Language => languageOf(arrived.header('accept-language'));

function signerOf(arrived: Arrived, account: WechatAccount, { platform }: WechatContext): Signer {
  return () => platform.forAnswer(account, arrived.header('wechatpay-serial'));
}

/** A fault may strike before verification: it is signed for the merchant that the request names, if there is one. */
function injected(
  arrived: Arrived,
  fault: { readonly status?: number; readonly code?: string },
  context: WechatContext,
): Answer {
  const authorization = parseAuthorization(arrived.header('authorization'));
  const account =
    typeof authorization === 'object' ? context.accounts.find(({ mchid }) => mchid === authorization.mchid) : undefined;
  const error = injectedError(fault);
  const language = askedLanguage(arrived);
  return account === undefined
    ? unsignedError(error, !isTransactionPath(arrived.path), language)
    : signedError(error, signerOf(arrived, account, context), language);
}
