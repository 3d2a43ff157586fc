import type { ProviderDefinition, ProviderTools, SharedMethod } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { ProviderDirectory } from './provider-directory.js';

const title = { 'zh-CN': '名', en: 'Name' };
const provider = (id: string): ProviderDefinition => ({
  id,
  title,
  methods: [{ id: `${id}_scan`, kind: 'scan', title, scenes: { app: 'qr_code' } }],
  secretFields: [],
  readSettings: () => ({}),
  connect: () => {
    throw new Error('Nothing is connected here.');
  },
  fromSandbox: () => ({}),
});

/** The first letter of a code is the wallet's. */
const till: SharedMethod = {
  id: 'till',
  kind: 'code',
  title,
  scenes: { in_store: 'payer_code' },
  providers: ['red', 'blue'],
  providerOf: ({ authCode = '' }) => ({ r: 'red', b: 'blue', g: 'green' })[authCode.charAt(0)],
};

const directory = (providers: readonly string[], methods: readonly SharedMethod[]) =>
  new ProviderDirectory({ providers: providers.map(provider), methods }, {} as ProviderTools);
const behind = (it: ProviderDirectory, id: string, authCode: string) =>
  it.method(id)?.providerOf({ scene: 'in_store', authCode });

describe('the methods that the core knows', () => {
  it("are the providers' own, each over its one provider whatever the clue, and those over several", () => {
    const known = directory(['red', 'blue'], [till]);
    expect(known.methods().map(({ id, providers }) => [id, providers])).toEqual([
      ['red_scan', ['red']],
      ['blue_scan', ['blue']],
      ['till', ['red', 'blue']],
    ]);
    expect([behind(known, 'red_scan', 'b1'), behind(known, 'till', 'b1')]).toEqual(['red', 'blue']);
  });

  it('reach no provider that is not installed, nor one that the method does not name', () => {
    const known = directory(['red', 'green'], [till]);
    expect(known.method('till')?.providers).toEqual(['red']);
    expect(['r1', 'b1', 'g1', ''].map((code) => behind(known, 'till', code))).toEqual([
      'red',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are refused at the start when none of the providers behind one is installed, naming those that would do', () => {
    expect(() => directory(['green'], [till])).toThrow('Method till is built over red, blue: install one of them.');
  });

  it('are refused at the start when two share an id', () => {
    expect(() => directory(['red'], [till, till])).toThrow('share one method id');
    expect(() => directory(['red'], [{ ...till, id: 'red_scan' }])).toThrow('share one method id');
    expect(() => directory(['red', 'red'], [])).toThrow('share one provider id');
  });
});
