/** Where the payer stands when choosing how to pay. */
export const SCENES = [
  'app',
  'mini_program',
  'mobile_web',
  'desktop_web',
  'wechat_web',
  'alipay_web',
  'in_store',
] as const;

export type Scene = (typeof SCENES)[number];

export function isScene(value: unknown): value is Scene {
  return (SCENES as readonly unknown[]).includes(value);
}
