import { untrustedBill } from './bill-trust.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Where the file of a statement is fetched: at the gateway's own origin, or at a host of alipay.com, there over https
 * whatever the link says (Alipay writes plain http), because nothing in the file is signed. A gateway on this machine is
 * a sandbox: it is asked itself, whichever of these hosts the link names.
 * @throws UntrustedMessage when the link leads to somebody else
 */
export function billFileUrl(link: string, gatewayUrl: string): URL {
  const gateway = new URL(gatewayUrl);
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.origin === gateway.origin && isWithoutCredentials(url)) return url;
  if (url === undefined || !isAlipay(url)) {
    throw untrustedBill(`its link leads to ${url?.host ?? 'no address'}, which is not Alipay`);
  }
  if (LOOPBACK.test(gateway.hostname)) return new URL(`${url.pathname}${url.search}`, gateway.origin);
  url.protocol = 'https:';
  return url;
}

function isAlipay(url: URL): boolean {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.hostname.endsWith('.alipay.com') && url.port === '' && isWithoutCredentials(url);
}

function isWithoutCredentials({ username, password }: URL): boolean {
  return username === '' && password === '';
}
