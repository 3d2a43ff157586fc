import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { PayCommand } from '../frame/wire.js';
import type { AlipayTrade } from './alipay-trade.js';
import { encodeText, parseCharset } from './charset.js';
import type { Gateway } from './gateway.js';
import { GatewayRefusal } from './gateway-refusal.js';
import { isQrCode, userIdOf } from './identifiers.js';
import type { OrderDesk } from './order-desk.js';
import { Parameters, parsePairs, queryOf } from './parameters.js';
import type { Till } from './till.js';

/** Alipay on the payer's phone: opens codes, links and order strings, and pays. */
export class WalletApp {
  constructor(
    private readonly gateway: Gateway,
    private readonly desk: OrderDesk,
    private readonly till: Till,
    private readonly clock: SandboxClock,
  ) {}

  /** undefined: not Alipay's. @throws ControlError with the gateway's own words when the wallet refuses */
  open(action: NextAction, payer: string | undefined): AlipayTrade | undefined {
    try {
      const trade = this.read(action);
      if (trade !== undefined) this.checkPayer(trade, payer);
      return trade;
    } catch (cause) {
      if (cause instanceof GatewayRefusal) throw refusedByWallet(cause);
      throw cause;
    }
  }

  /** @throws ControlError, InsufficientFunds */
  pay(trade: AlipayTrade, { payer, result, force }: PayCommand): void {
    if (trade.paidAt !== undefined) throw new ControlError(409, `Trade ${trade.id} is paid already.`);
    if (trade.state === 'not_opened') this.scan(trade, force);
    this.checkPayer(trade, payer);
    if (result !== 'success') return this.till.refuse(trade, result);
    const userId = payer === undefined ? (trade.wire.buyer?.userId ?? userIdOf('payer-1')) : userIdOf(payer);
    this.till.take(trade, userId);
  }

  /** A browser's or the app's signed order becomes a trade. @throws GatewayRefusal */
  place(parameters: Parameters, allowed: readonly ('app' | 'wap' | 'page')[]): AlipayTrade {
    const { account, order } = this.gateway.readClientOrder(parameters, allowed);
    return this.desk.place(account, order, undefined);
  }

  private read(action: NextAction): AlipayTrade | undefined {
    switch (action.type) {
      case 'show_qr_code':
        return isQrCode(action.content) ? this.scan(this.byCode(action.content), false) : undefined;
      case 'redirect':
        return (URL.parse(action.url)?.pathname ?? '').endsWith('/gateway.do')
          ? this.place(redirectParameters(action.url, action.form ?? {}), ['wap', 'page'])
          : undefined;
      case 'invoke_sdk':
        return this.invoke(action.sdk, action.params);
    }
  }

  private invoke(sdk: string, params: Readonly<Record<string, string>>): AlipayTrade | undefined {
    if (sdk === 'alipay_app') return this.place(Parameters.merge(parsePairs(params['order_string'] ?? '')), ['app']);
    if (sdk !== 'alipay_jsapi') return undefined;
    const tradeNo = params['trade_no'] ?? params['tradeNO'];
    const trade = this.desk.book.byProviderReference(undefined, tradeNo ?? '');
    if (trade === undefined)
      throw new ControlError(404, `ACQ.TRADE_NOT_EXIST: no trade ${tradeNo ?? 'without trade_no'}.`);
    return awaiting(trade);
  }

  private byCode(content: string): AlipayTrade {
    const trade = this.desk.book.named(content);
    if (trade === undefined)
      throw new ControlError(404, `No order behind ${content}: it was replaced or never issued.`);
    return trade;
  }

  /** `late`: the payer had scanned before it ended (a forced payment). */
  private scan(trade: AlipayTrade, late: boolean): AlipayTrade {
    if (trade.state !== 'not_opened') return awaiting(trade);
    if (!late && this.clock.now().getTime() >= (trade.wire.codeEndsAt ?? Infinity)) {
      throw new ControlError(409, `The code of ${trade.reference} has expired.`);
    }
    return this.desk.bear(trade);
  }

  private checkPayer({ wire: { buyer } }: AlipayTrade, payer: string | undefined): void {
    if (payer === undefined || buyer === undefined || userIdOf(payer) === buyer.userId) return;
    throw new ControlError(409, 'ACQ.PAYER_UNMATCHED 付款人不匹配: the order names another buyer.');
  }
}

function awaiting(trade: AlipayTrade): AlipayTrade {
  if (trade.state === 'awaiting_payer') return trade;
  throw new ControlError(409, `${trade.reference} is ${trade.state}: there is nothing left to pay.`);
}

function refusedByWallet(refusal: GatewayRefusal): ControlError {
  return new ControlError(refusal.code === '40004' ? 409 : 400, refusal.message);
}

/** What a browser would send: the link's query, and the form's fields in the page's charset. */
function redirectParameters(url: string, form: Readonly<Record<string, string>>): Parameters {
  const query = parsePairs(queryOf(url));
  const charset = parseCharset(new Map(query).get('charset') ?? form['charset']) ?? 'utf-8';
  const bytes = (text: string): string => encodeText(text, charset).toString('latin1');
  return Parameters.merge(
    query,
    Object.entries(form).map(([name, value]) => [bytes(name), bytes(value)] as [string, string]),
  );
}
