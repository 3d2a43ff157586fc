import { marked, paidBy, statusOf, type CoreContext, type FriendRequestRecord } from '@hutong/payment-core';
import type { LocalText, Money } from '@hutong/payment-port';
import type { Language } from '../http/language.js';
import type { FriendCardSchema, FriendRequestSchema } from './friend-request.schema.js';

/** A request as the merchant reads it, with everything to share it by. Nothing that is shared is about the owner. */
export async function friendRequestView(
  core: CoreContext,
  record: FriendRequestRecord,
  language: Language,
): Promise<FriendRequestSchema> {
  const { request } = record;
  const app = (await core.stores.config.findApp(request.app))?.name[language] ?? request.app;
  const url = core.links.friendRequest(request.token);
  return {
    id: request.id,
    object: 'friend_request',
    payment_id: request.paymentId,
    method: request.method,
    message: request.message ?? null,
    ...standing(core, record),
    url,
    qr_svg_url: `${url}/qr.svg`,
    text_code: marked(request.textCode),
    share_text: SHARE_TEXTS[language](app, marked(request.textCode)),
    card: cardOf(record, app, url, language),
    created_at: request.createdAt.toISOString(),
    expires_at: request.expiresAt.toISOString(),
    canceled_at: request.canceledAt?.toISOString() ?? null,
  };
}

function standing(core: CoreContext, record: FriendRequestRecord) {
  const status = statusOf(record, core.clock.now());
  const heldUntil = status === 'claimed' ? record.request.heldUntil : undefined;
  return { status, paid_by: paidBy(record) ?? null, held_until: heldUntil?.toISOString() ?? null };
}

function cardOf({ payment }: FriendRequestRecord, app: string, url: string, language: Language): FriendCardSchema {
  return {
    title: CARD_TITLES[language](app),
    text: `${payment.description} ${amountText(payment.amount)}`,
    image_url: `${url}/card.png`,
  };
}

/** Minor units of the wires' one currency, as people write them. */
function amountText({ amount }: Money): string {
  return `￥${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

type Per<T> = { readonly [L in keyof LocalText]: T };

const CARD_TITLES: Per<(app: string) => string> = {
  'zh-CN': (app) => `${app}：帮我付一下`,
  en: (app) => `${app}: please pay for me`,
};

const SHARE_TEXTS: Per<(app: string, code: string) => string> = {
  'zh-CN': (app, code) => `【${app}】帮我付一下 ${code} 复制这段话，打开${app}就能看到`,
  en: (app, code) => `[${app}] Please pay for me ${code} Copy this message and open ${app}`,
};
