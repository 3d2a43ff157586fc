import { describe, expect, it } from 'vitest';
import { nextSteps, stepOf } from './public-key-migration.js';

const CERTIFICATE = { kind: 'certificate', name: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1' } as const;
const PUBLIC_KEY = { kind: 'public_key', name: 'PUB_KEY_ID_0114' } as const;
const held = [{ serial_no: 'AB', certificate: 'PEM' }];

describe('the step of an account', () => {
  it.each([
    ['certificates_only', { platform_certificates: held }],
    ['certificates_only', { platform_certificates: [] }],
    ['both_kinds', { platform_certificates: held, public_key_id: 'PUB_KEY_ID_0114' }],
    ['public_key_only', { platform_certificates: [], public_key_id: 'PUB_KEY_ID_0114' }],
    ['public_key_only', { public_key_id: 'PUB_KEY_ID_0114' }],
  ])('is %s with %j', (step, settings) => {
    expect(stepOf({ settings })).toBe(step);
  });
});

describe('what to do next', () => {
  const said = (...[step, signer]: [Parameters<typeof nextSteps>[0], Parameters<typeof nextSteps>[1]]) =>
    nextSteps(step, signer, 'hutong accounts public-key taote').join('\n');

  it('is to give the key, to turn the switch on, to wait, or nothing', () => {
    expect(said('certificates_only', CERTIFICATE)).toContain('taote --id PUB_KEY_ID_… --public-key pub_key.pem');
    expect(said('both_kinds', CERTIFICATE)).toContain('turn the switch on');
    expect(said('both_kinds', PUBLIC_KEY)).toContain('taote --finish --confirmed');
    expect(said('public_key_only', PUBLIC_KEY)).toContain('Nothing');
  });

  it('is never to finish while answers still carry a certificate', () => {
    expect(said('both_kinds', CERTIFICATE)).not.toContain('--finish');
  });
});
