/** How a client in another language is pointed at `base`, the sandbox's address. */
export interface SdkNote {
  readonly client: string;
  readonly how: string;
}

/** Node, Alipay's own SDK. Keys are taken from the account list, as everywhere. */
export const alipaySdkSnippet = (base: string): string => `import { AlipaySdk } from 'alipay-sdk';

const accounts = await (await fetch('${base}/__sandbox/accounts')).json();
const [app] = accounts.alipay;
const sdk = new AlipaySdk({
  appId: app.app_id,
  privateKey: app.private_key,
  alipayPublicKey: app.alipay_public_key,
  gateway: '${base}/gateway.do',
});`;

export const wechatpayAxiosSnippet = (base: string): string => `import { Wechatpay } from 'wechatpay-axios-plugin';

const accounts = await (await fetch('${base}/__sandbox/accounts')).json();
const [merchant] = accounts.wechat_pay;
const [platform] = merchant.platform_certificates;
const wxpay = new Wechatpay({
  baseURL: '${base}/',
  mchid: merchant.mchid,
  serial: merchant.serial_no,
  privateKey: merchant.private_key,
  certs: { [platform.serial_no]: platform.certificate },
});`;

/** One line each; what the clients offer for it is their own, the sandbox asks for nothing. */
export const sdkNotes = (base: string): readonly SdkNote[] => [
  { client: 'Go · wechatpay-go', how: `option.WithHTTPClient with a RoundTripper that rewrites the host to ${base}` },
  { client: 'Go · smartwalle/alipay', how: `alipay.New(…, false, alipay.WithSandboxGateway("${base}/gateway.do"))` },
  {
    client: 'Java · wechatpay-java',
    how: `DefaultHttpClientBuilder().okHttpClient(…) with an Interceptor that rewrites scheme, host and port`,
  },
  { client: 'Java · alipay-sdk-java', how: `new DefaultAlipayClient("${base}/gateway.do", …)` },
  { client: 'PHP · wechatpay-php', how: `Builder::factory(['base_uri' => '${base}/', …])` },
  { client: 'PHP · alipaysdk/openapi', how: `$aop->gatewayUrl = '${base}/gateway.do'` },
  { client: 'Python · wechatpayv3', how: `w._core._gate_way = '${base}', in public key mode after construction` },
  { client: 'Python · python-alipay-sdk', how: `client._gateway = '${base}/gateway.do'` },
];
