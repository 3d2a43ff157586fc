import type { Arrived } from '../frame/arrived.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import type { AlipayKeys } from './alipay-keys.js';
import type { AlipayAccount } from './account.js';
import { BizContent } from './biz-content.js';
import { plainContent } from './content-encryption.js';
import { asRefusal, type Gateway, type Witness } from './gateway.js';
import { gatewayRefusal } from './gateway-refusal.js';
import { namedNumbers } from './gateway-request.js';
import { injected } from './injected-error.js';
import type { Method } from './methods.js';
import { diagnoseRest } from './diagnose-signature.js';
import { admitRest } from './rest-admission.js';
import { restAnswer, restError } from './rest-answer.js';
import { readRestRequest, type RestRequest } from './rest-request.js';
import { noteVerdict } from './server-call.js';

/** Everything the REST protocol has lies under here. */
export const REST_PATHS = '/v3/alipay/*';

/** Read with GET, their fields in the query; all others are POSTed as JSON. */
const READ_BY_GET = ['alipay.data.dataservice.bill.downloadurl.query', 'alipay.open.app.alipaycert.download'];

const BODY_TYPES = /^(application\/json|text\/plain|multipart\/form-data)\b/i;

/** `/v3/alipay/trade/query` → `alipay.trade.query` */
export const methodOf = (path: string): string => path.replace(/^\/v3\//, '').replaceAll('/', '.');

/** A server's call in the REST protocol: the same methods as /gateway.do behind other manners (§3). */
export function restCall(path: string, gateway: Gateway, keys: AlipayKeys): ExchangePlan {
  const name = methodOf(path);
  const method = gateway.method(name);
  return {
    provider: 'alipay',
    ...(method && { operation: method.operation }),
    references: (arrived) => {
      const request = readRestRequest(arrived);
      return namedNumbers(request, gateway.account(request));
    },
    answer: (arrived) => answer(arrived, { name, method }, gateway, keys),
    error: (arrived, { status, code }) => {
      const request = readRestRequest(arrived);
      return restError(request, injected(code, name), { keys, account: gateway.account(request) }, status);
    },
  };
}

interface Named {
  readonly name: string;
  readonly method: Method | undefined;
}

function answer(arrived: Arrived, named: Named, gateway: Gateway, keys: AlipayKeys): Answer {
  const request = readRestRequest(arrived);
  const witness: Witness = {};
  try {
    const method = routed(arrived, named);
    const account = admitRest(request, gateway.accounts, witness);
    const biz = BizContent.parse(readContent(arrived, request, account));
    return restAnswer(request, method.run({ account, biz, parameters: inBody(biz) }), { keys, account });
  } catch (cause) {
    const refusal = asRefusal(cause);
    const known = witness.verified ? undefined : diagnoseRest(cause, request, gateway.accounts);
    if (known !== undefined) witness.cause = known;
    arrived.notes.reason = refusal.message;
    return restError(request, refusal, { keys, account: witness.account });
  } finally {
    noteVerdict(witness, request.signedBytes.toString('utf8'), arrived.notes);
  }
}

/** The path and the verb are judged before anything that is signed. @throws GatewayRefusal */
function routed({ method: verb }: Arrived, { name, method }: Named): Method {
  if (method === undefined) throw gatewayRefusal('isv.invalid-method');
  if (verb !== (READ_BY_GET.includes(name) ? 'GET' : 'POST')) throw gatewayRefusal('isv.invalid-http-method');
  return method;
}

/** The JSON of the business fields. @throws GatewayRefusal */
function readContent(arrived: Arrived, request: RestRequest, account: AlipayAccount): string | undefined {
  const type = arrived.header('content-type');
  if (arrived.body.length > 0 && type !== undefined && !BODY_TYPES.test(type)) {
    throw gatewayRefusal('isv.invalid-content-type');
  }
  return plainContent(request, account);
}

/** notify_url and its like, which the classic protocol has outside biz_content, stand in the body here. */
const inBody = (biz: BizContent): { readonly charset: 'utf-8'; get(name: string): string | undefined } => ({
  charset: 'utf-8',
  get: (name) => biz.text(name, 2_048),
});
