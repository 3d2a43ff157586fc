import type { ShownAccount, Snippet, SnippetSet } from './snippets.js';

/* wechatpay v3 protocol §13: what each client offers for another host. */

/** What the code is filled with. */
interface Merchant {
  readonly base: string;
  readonly host: string;
  readonly port: string;
  readonly mchid: string;
  readonly appid: string;
  readonly serial: string;
  /** Of WeChat Pay: a certificate's serial number or PUB_KEY_ID_…, and the file of that key. */
  readonly platformId: string;
  readonly platformFile: string;
  readonly byPublicKey: boolean;
}

export function wechatSnippets(account: ShownAccount, base: string): SnippetSet {
  const merchant = merchantOf(account, base);
  const { platformFile, byPublicKey } = merchant;
  return {
    title: byPublicKey ? 'WeChat Pay, public key mode' : 'WeChat Pay, platform certificate mode',
    files: ['private_key.pem', platformFile, 'api_v3_key.txt'],
    snippets: [node(merchant), go(merchant), java(merchant), php(merchant), python(merchant)],
  };
}

function merchantOf(account: ShownAccount, base: string): Merchant {
  const text = (field: string): string => String(account[field] ?? '');
  const { hostname, port, protocol } = new URL(base);
  const byPublicKey = account['verify_mode'] === 'public_key';
  const [platform] = (account['platform_certificates'] ?? []) as readonly { readonly serial_no: string }[];
  return {
    base,
    host: hostname,
    port: port || (protocol === 'https:' ? '443' : '80'),
    mchid: text('mchid'),
    appid: text('appid'),
    serial: text('serial_no'),
    platformId: byPublicKey ? text('public_key_id') : (platform?.serial_no ?? ''),
    platformFile: byPublicKey ? 'public_key.pem' : 'platform_certificate.pem',
    byPublicKey,
  };
}

const node = ({ base, mchid, serial, platformId, platformFile, byPublicKey }: Merchant): Snippet => ({
  language: 'Node',
  client: 'wechatpay-axios-plugin',
  code: `import { readFileSync } from 'node:fs';
import { Wechatpay } from 'wechatpay-axios-plugin';

const wxpay = new Wechatpay({
  baseURL: '${base}/',
  mchid: '${mchid}',
  serial: '${serial}',
  privateKey: readFileSync('private_key.pem'),
  certs: { '${platformId}': readFileSync('${platformFile}') },
});${byPublicKey ? `\n// with every request: { headers: { 'Wechatpay-Serial': '${platformId}' } }` : ''}`,
});

const go = ({ mchid, serial, host, port, platformId, platformFile, byPublicKey }: Merchant): Snippet => ({
  language: 'Go',
  client: 'wechatpay-go',
  code: `// The path is signed and stays; only where it goes is changed.
type toSandbox struct{}

func (toSandbox) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", "${host}:${port}"
	return http.DefaultTransport.RoundTrip(r)
}

key, err := utils.LoadPrivateKeyWithPath("private_key.pem")
${
  byPublicKey
    ? `platform, err := utils.LoadPublicKeyWithPath("${platformFile}")
client, err := core.NewClient(ctx,
	option.WithWechatPayPublicKeyAuthCipher("${mchid}",
		"${serial}", key, "${platformId}", platform),`
    : `platform, err := utils.LoadCertificateWithPath("${platformFile}")
client, err := core.NewClient(ctx,
	option.WithMerchantCredential("${mchid}", "${serial}", key),
	option.WithWechatPayCertificate([]*x509.Certificate{platform}),`
}
	option.WithHTTPClient(&http.Client{Transport: toSandbox{}}))`,
});

const java = (merchant: Merchant): Snippet => ({
  language: 'Java',
  client: 'wechatpay-java',
  code: `OkHttpClient toSandbox = new OkHttpClient.Builder().addInterceptor(chain -> {
  HttpUrl url = chain.request().url().newBuilder()
      .scheme("http").host("${merchant.host}").port(${merchant.port}).build();
  return chain.proceed(chain.request().newBuilder().url(url).build());
}).build();

Config config = new ${merchant.byPublicKey ? 'RSAPublicKeyConfig' : 'RSAConfig'}.Builder()
    .merchantId("${merchant.mchid}")
    .merchantSerialNumber("${merchant.serial}")
    .privateKeyFromPath("private_key.pem")
${
  merchant.byPublicKey
    ? `    .publicKeyFromPath("${merchant.platformFile}")
    .publicKeyId("${merchant.platformId}")
    .apiV3Key(Files.readString(Path.of("api_v3_key.txt")))`
    : `    .wechatPayCertificatesFromPath("${merchant.platformFile}")`
}
    .build();
HttpClient http = new DefaultHttpClientBuilder().config(config).okHttpClient(toSandbox).build();
NativePayService pay = new NativePayService.Builder().httpClient(http).build();`,
});

const php = ({ base, mchid, serial, platformId, platformFile, byPublicKey }: Merchant): Snippet => ({
  language: 'PHP',
  client: 'wechatpay/wechatpay',
  code: `use WeChatPay\\Builder;
use WeChatPay\\Crypto\\Rsa;

$wxpay = Builder::factory([
    'base_uri' => '${base}/',
    'mchid' => '${mchid}',
    'serial' => '${serial}',
    'privateKey' => Rsa::from('file://' . __DIR__ . '/private_key.pem', Rsa::KEY_TYPE_PRIVATE),
    'certs' => [
        '${platformId}' =>
            Rsa::from('file://' . __DIR__ . '/${platformFile}', Rsa::KEY_TYPE_PUBLIC),
    ],
]);${byPublicKey ? `\n// with every request: ['headers' => ['Wechatpay-Serial' => '${platformId}']]` : ''}`,
});

const python = (merchant: Merchant): Snippet => ({
  language: 'Python',
  client: 'wechatpayv3',
  code: `from wechatpayv3 import WeChatPay, WeChatPayType
${
  merchant.byPublicKey
    ? ''
    : `from wechatpayv3.core import Core

# It fetches certificates while it is made: the address has to be there before.
fetch = Core._init_certificates
def from_sandbox(core, *args, **kwargs):
    core._gate_way = '${merchant.base}'
    fetch(core, *args, **kwargs)
Core._init_certificates = from_sandbox
`
}
pay = WeChatPay(
    wechatpay_type=WeChatPayType.NATIVE,
    mchid='${merchant.mchid}',
    private_key=open('private_key.pem').read(),
    cert_serial_no='${merchant.serial}',
    appid='${merchant.appid}',
    apiv3_key=open('api_v3_key.txt').read(),
    notify_url='https://shop.example/notify'${
      merchant.byPublicKey
        ? `,
    public_key=open('${merchant.platformFile}').read(),
    public_key_id='${merchant.platformId}')
pay._core._gate_way = '${merchant.base}'`
        : ')'
    }`,
});
