import type { ShownAccount, Snippet, SnippetSet } from './snippets.js';

/* alipay protocol §13.1, §13.2: what each client offers for another gateway. */

interface App {
  readonly base: string;
  readonly gateway: string;
  readonly appId: string;
  readonly certified: boolean;
}

const KEY_FILES = ['private_key.pem', 'private_key.txt', 'alipay_public_key.pem', 'alipay_public_key.txt'];
const CERTIFICATE_FILES = ['private_key.pem', 'private_key.txt', 'app_cert.pem', 'alipay_cert.pem', 'root_cert.pem'];

export function alipaySnippets(account: ShownAccount, base: string): SnippetSet {
  const certified = account['sign_mode'] === 'certificate';
  const app = { base, gateway: `${base}/gateway.do`, appId: String(account['app_id']), certified };
  return {
    title: certified ? 'Alipay, certificate mode' : 'Alipay, key mode',
    files: certified ? CERTIFICATE_FILES : KEY_FILES,
    snippets: [node(app), go(app), java(app), php(app), python(app)],
  };
}

const node = ({ base, gateway, appId, certified }: App): Snippet => ({
  language: 'Node',
  client: 'alipay-sdk',
  code: `import { readFileSync } from 'node:fs';
import { AlipaySdk } from 'alipay-sdk';

const alipay = new AlipaySdk({
  gateway: '${gateway}',
  endpoint: '${base}', // for curl()
  appId: '${appId}',
  privateKey: readFileSync('private_key.pem', 'ascii'),
${
  certified
    ? `  appCertPath: 'app_cert.pem',
  alipayPublicCertPath: 'alipay_cert.pem',
  alipayRootCertPath: 'root_cert.pem',`
    : `  alipayPublicKey: readFileSync('alipay_public_key.pem', 'ascii'),`
}
});`,
});

const go = ({ gateway, appId, certified }: App): Snippet => ({
  language: 'Go',
  client: 'smartwalle/alipay/v3',
  code: `key, err := os.ReadFile("private_key.txt")
client, err := alipay.New("${appId}", string(key), false,
	alipay.WithSandboxGateway("${gateway}"))
${
  certified
    ? `err = client.LoadAppCertPublicKeyFromFile("app_cert.pem")
err = client.LoadAliPayRootCertFromFile("root_cert.pem")
err = client.LoadAlipayCertPublicKeyFromFile("alipay_cert.pem")`
    : `alipayKey, err := os.ReadFile("alipay_public_key.txt")
err = client.LoadAliPayPublicKey(string(alipayKey))`
}`,
});

const java = ({ gateway, appId, certified }: App): Snippet => ({
  language: 'Java',
  client: 'alipay-sdk-java',
  code: `AlipayConfig config = new AlipayConfig();
config.setServerUrl("${gateway}");
config.setAppId("${appId}");
config.setPrivateKey(Files.readString(Path.of("private_key.txt")));
${
  certified
    ? `config.setAppCertPath("app_cert.pem");
config.setAlipayPublicCertPath("alipay_cert.pem");
config.setRootCertPath("root_cert.pem");`
    : `config.setAlipayPublicKey(Files.readString(Path.of("alipay_public_key.txt")));`
}
AlipayClient client = new DefaultAlipayClient(config);`,
});

const php = ({ gateway, appId, certified }: App): Snippet => ({
  language: 'PHP',
  client: 'alipaysdk/openapi v2',
  code: `$aop = new ${certified ? 'AopCertClient' : 'AopClient'}();
$aop->gatewayUrl = '${gateway}';
$aop->appId = '${appId}';
$aop->signType = 'RSA2';
$aop->postCharset = 'UTF-8';
$aop->rsaPrivateKeyFilePath = __DIR__ . '/private_key.pem';
${
  certified
    ? `$aop->alipayrsaPublicKey = $aop->getPublicKey(__DIR__ . '/alipay_cert.pem');
$aop->appCertSN = $aop->getCertSN(__DIR__ . '/app_cert.pem');
$aop->alipayRootCertSN = $aop->getRootCertSN(__DIR__ . '/root_cert.pem');
$aop->isCheckAlipayPublicCert = true;`
    : `$aop->alipayrsaPublicKey = file_get_contents(__DIR__ . '/alipay_public_key.txt');`
}`,
});

const python = ({ gateway, appId, certified }: App): Snippet => ({
  language: 'Python',
  client: 'python-alipay-sdk',
  code: `from alipay import ${certified ? 'DCAliPay' : 'AliPay'}

client = ${certified ? 'DCAliPay' : 'AliPay'}(
    appid='${appId}',
    app_notify_url=None,
    app_private_key_string=open('private_key.pem').read(),
${
  certified
    ? `    app_public_key_cert_string=open('app_cert.pem').read(),
    alipay_public_key_cert_string=open('alipay_cert.pem').read(),
    alipay_root_cert_string=open('root_cert.pem').read(),`
    : `    alipay_public_key_string=open('alipay_public_key.pem').read(),`
}
    sign_type='RSA2',
)
client._gateway = '${gateway}'`,
});
