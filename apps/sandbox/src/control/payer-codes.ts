import type { FastifyInstance } from 'fastify';
import { ControlError } from '../frame/control-error.js';
import { PROVIDERS } from '../frame/provider.js';
import type { ConnectedWire } from '../frame/wire.js';
import { bodyFields, type Fields, oneOf, onlyFields, optionalFlag, optionalText } from './fields.js';

/** `POST /__sandbox/payer-codes {provider, payer?, password_first?}` → `{code}`: what the payer shows to a scanner. */
export function registerPayerCodes(scope: FastifyInstance, wires: readonly ConnectedWire[]): void {
  scope.post('/payer-codes', (request, reply) => reply.send({ code: payerCode(bodyFields(request.body), wires) }));
}

function payerCode(body: Fields, wires: readonly ConnectedWire[]): string {
  onlyFields(body, ['provider', 'payer', 'password_first']);
  const provider = oneOf(body, 'provider', PROVIDERS);
  const wish = { payer: optionalText(body, 'payer'), passwordFirst: optionalFlag(body, 'password_first') ?? false };
  const code = wires.find((wire) => wire.provider === provider)?.payerCode?.(wish);
  if (code !== undefined) return code;
  const able = wires.filter((wire) => wire.payerCode !== undefined).map((wire) => wire.provider);
  const others = able.length === 0 ? '' : ` There is: ${able.join(', ')}.`;
  throw new ControlError(400, `provider: payers of ${provider} show no codes here.${others}`);
}
