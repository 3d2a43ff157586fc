/** An app with as many options as any real one, and 40 rules on them. */
const title = { 'zh-CN': '方式', en: 'Method' };
const everywhere = {
  app: 'app_sdk',
  mobile_web: 'mobile_page',
  desktop_web: 'desktop_page',
  mini_program: 'mini_program',
};

/** Six more options than the gateway has of its own, over its providers. */
export const METHODS = Array.from({ length: 6 }, (_, index) => ({
  id: `bench_${index}`,
  kind: 'wallet',
  title,
  scenes: everywhere,
  providers: index % 2 === 0 ? ['wechat_pay', 'alipay'] : ['alipay'],
  providerOf: () => 'alipay',
}));

const amount = { min: 1, max: 5_000_000 };
const calendar = {
  timeZone: 'Asia/Shanghai',
  closed: [
    { from: '03:00', to: '03:01' },
    { since: '2020-01-01T00:00:00+08:00', until: '2020-01-02T00:00:00+08:00' },
  ],
};
const segments = { except: ['blocked'] };
const minClient = { app: '8.0.0' };
const steps = [
  { at: '2026-01-01T00:00:00+08:00', percent: 10 },
  { at: '2026-02-01T00:00:00+08:00', percent: 50 },
];
const scenes = ['app', 'mobile_web', 'desktop_web'];

/** 12 options; of the rules on them: 7 amounts, 7 scenes, 6 calendars, 6 segments, 6 client versions, 2 rollouts, 2 reviews. */
export const OPTIONS = [
  { method: 'wechat_pay', status: 'live', preselect: true, pinned: true, amount, scenes, calendar },
  { method: 'alipay', status: 'live', amount, scenes, segments, minClient },
  { method: 'duoduo_wallet', status: 'live', amount, calendar, segments },
  { method: 'wechat_scan', status: 'live', scenes, calendar, minClient },
  { method: 'alipay_scan', status: 'staged', steps, allow: ['vip-1'], amount, scenes },
  { method: 'barcode', status: 'live', segments, calendar },
  { method: 'bench_0', status: 'staged', steps, allow: [], scenes, minClient },
  { method: 'bench_1', status: 'pending_review', testers: ['reviewer-1'], amount },
  { method: 'bench_2', status: 'live', segments, minClient, calendar, scenes },
  { method: 'bench_3', status: 'live', amount, segments, minClient, fold: true },
  { method: 'bench_4', status: 'live', scenes, calendar, segments, minClient, fold: true },
  { method: 'bench_5', status: 'pending_review', testers: ['reviewer-1'], amount },
];

export const PROVIDER_RULES = {
  wallet: { status: 'pending_review', testers: ['reviewer-1', 'payer-7'] },
};

/** Three rules on the order, the last of which applies. */
export const ORDER = [
  { when: { scene: 'desktop_web' }, putFirst: ['wechat_scan'] },
  { when: { amount: { min: 1_000_000 } }, putFirst: ['alipay'] },
  { when: { segment: 'vip' }, putFirst: ['duoduo_wallet', 'alipay'] },
];

/** Rules in all, as the README counts them. */
export const RULES =
  OPTIONS.flatMap(({ method: _, status, preselect: __, pinned: ___, fold: ____, allow: _____, ...rules }) => [
    ...Object.keys(rules),
    ...(status === 'live' ? [] : [status]),
  ]).filter((rule) => rule !== 'steps' && rule !== 'testers').length +
  Object.keys(PROVIDER_RULES).length +
  ORDER.length;

export const QUESTION =
  'amount=12900&currency=CNY&scene=app&payer_id=payer-7&segments=vip&client_version=8.2.0&user_agent=Mozilla%2F5.0';
