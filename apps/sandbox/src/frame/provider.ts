/** The wires that the sandbox can speak. */
export const PROVIDERS = ['wechat_pay', 'alipay', 'wallet'] as const;

export type Provider = (typeof PROVIDERS)[number];

export function isProvider(value: unknown): value is Provider {
  return PROVIDERS.some((provider) => provider === value);
}
