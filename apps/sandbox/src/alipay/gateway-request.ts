import type { FastifyRequest } from 'fastify';
import type { AlipayAccount } from './account.js';
import { plainContent } from './content-encryption.js';
import { parseMultipart } from './multipart.js';
import { Parameters, parsePairs, type PublicFields, queryOf } from './parameters.js';

/**
 * All parameters of a call to /gateway.do. Clients put them in the query (Java, PHP, Node), in the body (Go) or in a GET
 * altogether (Python): whatever the place, they count; the body wins.
 */
export function readGatewayRequest(request: FastifyRequest): Parameters {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  const fields = /^multipart\/form-data/i.test(type) ? parseMultipart(body, type) : parsePairs(body.toString('latin1'));
  return Parameters.merge(parsePairs(queryOf(request.raw.url ?? '')), fields);
}

/** The numbers a fault rule may name a call by. Nothing is verified yet: whatever is unreadable has none. */
export function namedNumbers(parameters: PublicFields, account: AlipayAccount | undefined): readonly string[] {
  try {
    const content = account === undefined ? parameters.get('biz_content') : plainContent(parameters, account);
    const biz = JSON.parse(content ?? '{}') as Record<string, unknown>;
    const values = [biz['out_trade_no'], biz['out_request_no'], biz['trade_no'], biz['bill_date']];
    return values.filter((value): value is string => typeof value === 'string');
  } catch {
    return [];
  }
}
