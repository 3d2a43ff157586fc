import { randomUUID } from 'node:crypto';
import { payAsFriend, viewForFriend, type FriendView } from '@hutong/payment-core';
import type { Scene } from '@hutong/payment-port';
import type { Merchant } from './merchant.js';
import type { World } from './world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

/** Somebody with a link and a browser of their own, calling what the friend's page calls. */
export class Friend {
  readonly visitor = randomUUID() + randomUUID();

  constructor(
    private readonly world: World,
    readonly merchant: Merchant,
    readonly name: string,
  ) {}

  /** At WeChat, for this app's account there. */
  get openid(): string {
    return this.world.openidFor('taocaicai', this.name);
  }

  sees(request: { readonly url: string }): Promise<FriendView | undefined> {
    return viewForFriend(this.world.core, tokenOf(request), this.visitor);
  }

  /** Opens a try in this scene, and answers it as the API shows it. */
  async tries(
    request: { readonly url: string; readonly payment_id: string },
    scene: Scene = 'mobile_web',
  ): Promise<Body> {
    const payer = { ip: '203.0.113.9', ...(scene === 'wechat_web' && { openid: this.openid }) };
    const order = { token: tokenOf(request), visitor: this.visitor, scene, payer };
    const { attempt } = await payAsFriend(this.world.core, order);
    const { body } = await this.merchant.get(`/v1/payments/${request.payment_id}`);
    return body.attempts.find((it: { readonly id: string }) => it.id === attempt.id);
  }

  /** Opens a try and confirms it in the wallet. */
  async pays(request: { readonly url: string; readonly payment_id: string }, scene?: Scene): Promise<Body> {
    const attempt = await this.tries(request, scene);
    return this.world.payer.pay(attempt.next_action, { payer: scene === 'wechat_web' ? this.openid : this.name });
  }
}

export function tokenOf({ url }: { readonly url: string }): string {
  return url.split('/f/')[1] ?? '';
}
