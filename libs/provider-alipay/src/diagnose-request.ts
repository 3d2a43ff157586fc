import type { Diagnosis, FailingMessage, Finding } from '@hutong/payment-port';
import { finding, missingKey, rsaFinding, shownText } from '@hutong/provider-kit';
import { accountKeys, numberIn, textOf, type AccountKeys, type RawSettings } from './account-keys.js';
import { bytesOf, formSpellings, loosePairs, type Pair } from './diagnose-form.js';

/** Why the classic gateway refuses a call, a link or an order string that the app signed. */
export function diagnoseRequest(message: FailingMessage, settings: RawSettings): Diagnosis {
  const keys = accountKeys(settings);
  const parameters = parametersOf(message);
  if (!parameters.has('method') && !parameters.has('app_id')) {
    return { holds: false, findings: [...keys.findings, finding('message_unreadable', 'neither app_id nor method')] };
  }
  const signed = [...parameters].filter(([name]) => name !== 'sign');
  const expected = bytesOf(signed.filter(([, value]) => value.trim() !== ''));
  const findings = [
    ...keys.findings,
    ...accountFindings(parameters, settings),
    ...certificateFindings(parameters, keys, settings),
    ...signatureFindings(parameters.get('sign') ?? '', signed, expected, keys),
  ];
  return { holds: findings.length === 0, findings, expected: shownText(expected) };
}

/** The gateway merges the query and the body; the body wins. */
function parametersOf({ target = '', body }: FailingMessage): ReadonlyMap<string, string> {
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
  return new Map([...loosePairs(query), ...loosePairs(Buffer.from(body).toString('latin1').trimEnd())]);
}

function accountFindings(parameters: ReadonlyMap<string, string>, settings: RawSettings): Finding[] {
  const appId = parameters.get('app_id') ?? '';
  const signType = parameters.get('sign_type') ?? 'none';
  return [
    ...(settings['app_id'] === undefined || appId === settings['app_id']
      ? []
      : [finding('account_differs', `app_id ${appId.slice(0, 32)}`)]),
    ...(signType === 'RSA2' ? [] : [finding('signature_type', `sign_type ${signType.slice(0, 16)}`)]),
  ];
}

function certificateFindings(
  parameters: ReadonlyMap<string, string>,
  { inCertificateMode }: AccountKeys,
  settings: RawSettings,
): Finding[] {
  const numbers = [
    ['app_cert_sn', 'app_cert'],
    ['alipay_root_cert_sn', 'root_cert'],
  ] as const;
  return numbers.flatMap(([name, field]) => {
    const given = parameters.get(name) ?? '';
    if (!inCertificateMode) return given === '' ? [] : [finding('certificate_in_key_mode', name)];
    if (given === '') return [finding('certificate_number_missing', name)];
    return given === numberIn(settings, field)
      ? []
      : [finding('certificate_number_wrong', mistakenFor(name, given, settings))];
  });
}

function mistakenFor(name: string, given: string, settings: RawSettings): string {
  const taken = (['app_cert', 'alipay_cert', 'root_cert'] as const).find(
    (field) => numberIn(settings, field) === given,
  );
  return taken === undefined ? name : `${name} is that of ${taken}`;
}

function signatureFindings(
  signature: string,
  signed: readonly Pair[],
  expected: Buffer,
  { own, findings }: AccountKeys,
): Finding[] {
  if (signature === '') return [finding('signature_missing', 'sign')];
  if (own === undefined) return findings.length === 0 ? [missingKey('private_key')] : [];
  const found = rsaFinding({
    signature: textOf(signature),
    key: own,
    expected: [expected],
    spellings: () => formSpellings(signed, undefined),
  });
  return found === undefined ? [] : [found];
}
