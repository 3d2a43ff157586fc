import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import { PROVIDERS } from '../frame/provider.js';
import { oneOf } from './fields.js';

/** They belong in no page: `/accounts` is not for this machine only. */
const SECRETS: readonly string[] = ['api_v3_key', 'app_secret', 'encrypt_key', 'secret'];

type Shown = Readonly<Record<string, unknown>>;
type ByFile = { readonly Params: { readonly provider: string; readonly name: string; readonly file: string } };

/**
 * `GET /accounts/{provider}/{name}/{file}`: what a client reads from disk. Each PEM of the account as `<field>.pem`, the
 * newest platform certificate among them; each key also as `<field>.txt`, its Base64 alone on one line (PKCS #8, SPKI),
 * as clients of Alipay want it; and the secrets that are short, `<field>.txt` too.
 */
export function registerAccountFiles(scope: FastifyInstance, { accounts }: Pick<Frame, 'accounts'>): void {
  scope.get<ByFile>('/accounts/:provider/:name/:file', async ({ params }, reply) => {
    const account = accounts.shelf(oneOf(params, 'provider', PROVIDERS)).named(params.name);
    if (account === undefined) {
      throw new ControlError(404, `No account ${params.name}. GET /__sandbox/accounts lists them.`);
    }
    const shown = await accounts.show(oneOf(params, 'provider', PROVIDERS), account);
    const files = accountFiles(shown);
    const content = files.get(params.file);
    if (content === undefined) {
      throw new ControlError(
        404,
        `No file ${params.file} of ${params.name}. There is: ${[...files.keys()].join(', ')}.`,
      );
    }
    const type = params.file.endsWith('.pem') ? 'application/x-pem-file' : 'text/plain; charset=utf-8';
    return reply.type(type).header('cache-control', 'no-store').send(content);
  });
}

/** File name → content. */
export function accountFiles(shown: Shown): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [field, value] of Object.entries({ ...shown, platform_certificate: newestOf(shown) })) {
    if (typeof value !== 'string') continue;
    if (SECRETS.includes(field)) files.set(`${field}.txt`, value);
    if (!value.startsWith('-----BEGIN ')) continue;
    files.set(`${field}.pem`, value);
    const bare = bareKey(value);
    if (bare !== undefined) files.set(`${field}.txt`, bare);
  }
  return files;
}

function newestOf({ platform_certificates: listed }: Shown): unknown {
  const [newest] = Array.isArray(listed) ? (listed as readonly { readonly certificate: string }[]) : [];
  return newest?.certificate;
}

/** undefined: a certificate. */
function bareKey(pem: string): string | undefined {
  if (pem.includes('PRIVATE KEY-----')) {
    return createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }).toString('base64');
  }
  if (!pem.includes('PUBLIC KEY-----')) return undefined;
  return createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64');
}
