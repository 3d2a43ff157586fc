import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSeedFiles } from '@hutong/cli';
import { methods, providers, providerTools } from '@hutong/gateway';
import {
  DEFAULT_KINDS,
  DEFAULT_LINK_POLICY,
  judgeOptions,
  LINK_DECISIONS,
  ProviderDirectory,
  REASONS,
  seedSchema,
  type CheckoutFacts,
} from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

/** The documents about options, held to the code: whatever a reader copies out of them is read. */

const installation = { providers, methods };
const textOf = (name: string) => readFileSync(join(import.meta.dirname, '../docs', name), 'utf8');
const yamlIn = (name: string) => [...textOf(name).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!);

const keys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

/** The keys that the reader fills in where the document has an ellipsis: the app's own, and Alipay's. */
function filledIn(yaml: string): string {
  const bodyOf = (pem: string) => pem.split('\n').slice(1, -2).join('\n        ');
  return yaml.replace('…', bodyOf(keys().privateKey)).replace('…', bodyOf(keys().publicKey));
}

/** The first column of the table below this heading. */
function firstColumn(name: string, heading: string): readonly string[] {
  const section = textOf(name)
    .split(`\n${heading}`)[1]!
    .split(/\n#{2,3} /)[0]!;
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, word]) => word!);
}

function read(yaml: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'hutong-docs-')), 'app.yaml');
  writeFileSync(file, yaml);
  return readSeedFiles([file], installation)[0]!;
}

const examples = yamlIn('adding-an-app.md').filter((yaml) => yaml.startsWith('# '));
const fragments = [...yamlIn('options.md'), ...yamlIn('adding-an-app.md').filter((yaml) => !yaml.startsWith('# '))];

describe('docs/adding-an-app.md', () => {
  const [douyin, kuaishou] = examples.map(read);

  it('has two apps that are read as they stand, and are not seeded', () => {
    expect([douyin?.app.id, kuaishou?.app.id]).toEqual(['douyin', 'kuaishou']);
    expect(examples).toHaveLength(2);
  });

  const known = new ProviderDirectory(installation, providerTools).methods();
  /** What a payer sees there, on a Monday in the afternoon in Beijing unless it says when. */
  const seen = (app: typeof douyin, facts: Partial<CheckoutFacts>) => {
    const { providers: rules, options, order } = app!;
    const config = { app: app!.app.id, version: 1, createdAt: new Date(0), providers: rules, options, order };
    const now = new Date('2026-11-23T15:00:00+08:00');
    const whole = {
      amount: 1_299,
      currency: 'CNY',
      scene: 'app',
      now,
      accounts: ['alipay', 'wechat_pay'],
      ...facts,
    } as const;
    return judgeOptions(config, whole, known).shown.map(({ method }) => method.id);
  };

  it.each([
    [
      'a colleague with a new client',
      { payerId: 'colleague-1', clientVersion: '31.2.0' },
      'alipay wechat_pay wechat_scan',
    ],
    ['a colleague with an old client', { payerId: 'colleague-1', clientVersion: '31.1.9' }, 'alipay wechat_scan'],
    ['a payer whose turn has not come', { payerId: 'u1', clientVersion: '31.2.0' }, 'alipay wechat_scan'],
    ['a computer', { scene: 'desktop_web' }, 'wechat_scan alipay'],
    ['a computer, for ¥6,000', { scene: 'desktop_web', amount: 600_000 }, 'alipay wechat_scan'],
  ] as const)('is right about Douyin: %s', (_, facts, shown) => expect(seen(douyin, facts).join(' ')).toBe(shown));

  it.each([
    ['anybody', {}, 'alipay alipay_scan'],
    ['the reviewer', { payerId: 'reviewer-1' }, 'alipay wechat_pay alipay_scan'],
    ['the reviewer as a buyer', { payerId: 'reviewer-1', segments: ['live_buyer'] }, 'alipay alipay_scan wechat_pay'],
    ['the night that belongs to Saturday', { now: new Date('2026-11-22T00:10:00+08:00') }, 'alipay_scan'],
    ['a minor', { segments: ['minor'] }, 'alipay'],
    ['a till', { scene: 'in_store' }, 'barcode'],
  ] as const)('is right about Kuaishou: %s', (_, facts, shown) => expect(seen(kuaishou, facts).join(' ')).toBe(shown));
});

interface LinksInSchema {
  readonly properties: {
    readonly links: {
      readonly properties: {
        readonly kinds: object;
        readonly phases: { readonly items: { readonly properties: object } };
      };
    };
  };
}

describe.each(['link-policy.md', 'link-policy.zh-CN.md'])('docs/%s', (name) => {
  const [byDefault, own] = yamlIn(name).map((yaml) =>
    read(stringify({ ...(parse(examples[1]!) as object), ...(parse(yaml) as object) })),
  );

  it('writes down the default as it is', () => {
    expect(byDefault?.links).toEqual({ kinds: DEFAULT_KINDS, ...DEFAULT_LINK_POLICY });
  });

  it('has a policy of an app in which users choose', () => {
    expect(own?.links?.phases.at(-1)?.group).toEqual({ shop: 'user_choice', other: 'user_choice' });
  });

  it('has every field, and every decision', () => {
    const links = seedSchema(installation) as unknown as LinksInSchema;
    const { phases, kinds } = links.properties.links.properties;
    const fields = [...Object.keys({ kinds, phases }), ...Object.keys(phases.items.properties)];
    const own = name === 'link-policy.md' ? "## A policy of an app's own" : '## App 自己的规则';
    expect(firstColumn(name, own)).toEqual(fields);
    const heading = name === 'link-policy.md' ? '## Decisions' : '## 四种处理';
    expect(firstColumn(name, heading)).toEqual(LINK_DECISIONS);
  });
});

describe('docs/options.md', () => {
  it.each(fragments.map((yaml) => [yaml.split('\n')[1]!.trim(), yaml]))(
    'has a piece that fits into a file: %s',
    (_, yaml) => {
      const whole = parse(examples[1]!) as object;
      const piece = parse(filledIn(yaml)) as object;
      expect(read(stringify({ ...whole, providers: {}, options: [], order: [], ...piece })).app.id).toBe('kuaishou');
    },
  );

  const schema = seedSchema(installation) as unknown as {
    properties: { options: { items: { properties: object } } } & object;
  };

  it.each([
    ['options.md', '## An option', '## The document of an app', '## Reasons'],
    ['options.zh-CN.md', '## 一个付款方式', '## 一份 App 文件', '## 原因代码'],
  ])('%s has every field and every reason, in its order', (name, option, document, reasons) => {
    expect(firstColumn(name, option)).toEqual(Object.keys(schema.properties.options.items.properties));
    expect(firstColumn(name, document).toSorted()).toEqual(Object.keys(schema.properties).toSorted());
    expect(firstColumn(name, reasons)).toEqual(REASONS);
  });
});
