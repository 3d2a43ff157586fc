import type { BizContent } from './biz-content.js';
import { tradeRefusal } from './gateway-refusal.js';

const MOST_GOODS = 150;

/** What the pages of all ordering methods say of fields that name the same money twice. @throws GatewayRefusal */
export function checkOrderRules(biz: BizContent, amountFen: number): void {
  checkParts(biz, amountFen);
  if (biz.text('enable_pay_channels', 128) !== undefined && biz.text('disable_pay_channels', 128) !== undefined) {
    throw tradeRefusal('INVALID_PARAMETER', 'enable_pay_channels, disable_pay_channels');
  }
  if (biz.count('goods_detail') > MOST_GOODS) throw tradeRefusal('SUB_GOODS_SIZE_MAX_COUNT');
}

/** Given both, the discountable and the other part make up the amount. */
function checkParts(biz: BizContent, amountFen: number): void {
  const [one, other] = ['discountable_amount', 'undiscountable_amount'].map((name) =>
    biz.text(name, 20) === undefined ? undefined : biz.fen(name, 'INVALID_PARAMETER', 0),
  );
  if (one === undefined || other === undefined || one + other === amountFen) return;
  throw tradeRefusal('INVALID_PARAMETER', 'discountable_amount, undiscountable_amount');
}
