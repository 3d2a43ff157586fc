import type { AccountView } from '@hutong/payment-core';
import type { Signer } from '@hutong/payment-port';

/** Where a WeChat Pay account stands on its way from platform certificates to WeChat Pay's public key. */
export type MigrationStep = 'certificates_only' | 'both_kinds' | 'public_key_only';

export function stepOf({ settings }: Pick<AccountView, 'settings'>): MigrationStep {
  const certificates = settings['platform_certificates'];
  const holdsCertificates = Array.isArray(certificates) && certificates.length > 0;
  if (typeof settings['public_key_id'] !== 'string') return 'certificates_only';
  return holdsCertificates ? 'both_kinds' : 'public_key_only';
}

/** What to do now: said after every run of the command, whatever it did. One line each. */
export function nextSteps(step: MigrationStep, { kind }: Signer, command: string): readonly string[] {
  if (step === 'certificates_only') {
    return [
      '1. In the merchant platform (账户中心 → API安全) apply for the WeChat Pay public key (微信支付公钥); nothing changes yet.',
      `2. Give its id and file: ${command} --id PUB_KEY_ID_… --public-key pub_key.pem`,
    ];
  }
  if (step === 'public_key_only') return ['Nothing: the account verifies with the public key alone.'];
  if (kind === 'certificate') {
    return [
      'Answers still come signed with a certificate, although we ask for the public key: the switch is not on.',
      'Orders made before this version can be asked about only until the switch is complete: let the open ones end first.',
      'Then turn the switch on in the merchant platform (账户中心 → API安全 → 微信支付公钥 → 更换), and run this again.',
    ];
  }
  return [
    'Answers come signed with the public key. Notifications follow within seven days, a growing share of them;',
    'both kinds verify meanwhile, so there is nothing to do but wait.',
    `When the merchant platform says that the switch is complete: ${command} --finish --confirmed`,
  ];
}
