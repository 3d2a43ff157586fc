import { Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  openAttempt,
  PaymentProblem,
  relistOptions,
  showOptions,
  type AppConfig,
  type Attempt,
  type CoreContext,
  type Payment,
  type PaymentRecord,
} from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { PROBLEM_STATUS } from '../../http/problem-document.js';
import { Refusal } from '../../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../../http/request.js';
import { CORE, SETTINGS } from '../../tokens.js';
import { formField, refuseForeignForm } from '../form.js';
import { sendEvents, sendStatus } from '../live-status.js';
import { PageController } from '../page-controller.js';
import { sendPage } from '../page.js';
import { sceneOf } from '../scene.js';
import { payerFactsOf, visitorOf, type Visitor } from '../visitor.js';
import { endedPage, methodTitle, openPage } from './cashier-page.js';
import { LinkGate } from '../links/link-gate.js';
import { cashierPath, cashierUrl } from './cashier-url.js';
import { cashierView, mayReturn, type CashierView } from './cashier-view.js';
import { askFriendHref } from './hand-over.js';
import { goHref } from './links.js';
import { PaymentWatch } from './payment-watch.js';
import { refusalWords, type RefusalWords } from './refusal-words.js';
import { OneAtATime } from './one-at-a-time.js';
import { sandboxPhoneHref } from './sandbox-phone.js';
import { SparingRefresh } from './sparing-refresh.js';
import { shownAttempt, standingOf, statusView } from './standing.js';

/** What the cashier makes; anything else is no token, and the database need not be asked. */
const TOKEN = /^[\w-]{22,64}$/;

/** Refusals that the page itself explains better than a message above the list. */
const SEEN_ON_THE_PAGE = ['payment_already_paid', 'payment_closed', 'attempt_in_progress'];

/** The app's cashier: whoever has the address sees the payment and pays it, and nothing else. */
@PageController('cashier')
export class CashierController {
  private readonly presses = new OneAtATime();

  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly watch: PaymentWatch,
    private readonly asking: SparingRefresh,
    private readonly gate: LinkGate,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    const record = await this.find(token);
    const visitor = visitorOf(request);
    const { check, choose, go } = request.query as Readonly<Record<string, unknown>>;
    if (check !== undefined) {
      await this.asking.refresh(record.payment);
      return reply.redirect(cashierPath(record.payment) + visitor.query, 303);
    }
    const view = await this.view(record, visitor);
    const standing = standingOf(record, view.now);
    if (standing !== 'open') return sendPage(reply, endedPage(view, standing, this.paidWith(view)));
    const before = await this.gate.pageBefore(request, { app: view.app, page: 'cashier', path: view.path, visitor });
    if (before !== undefined) return sendPage(reply, before);
    const attempt = choose === undefined ? shownAttempt(record, view.now) : undefined;
    return this.sendOpen(reply, view, { attempt, eager: go !== undefined, status: 200 });
  }

  @Post(':token/pay')
  async pay(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    refuseForeignForm(request, this.settings.publicUrl);
    const record = await this.find(token);
    const view = await this.view(record, visitorOf(request));
    if (standingOf(record, view.now) !== 'open') return this.back(reply, view);
    const method = formField(request, 'method') ?? '';
    if (this.core.providers.method(method) === undefined) return this.refuse(reply, view, 'choose', 400);
    if (this.core.providers.method(method)?.handsOver === 'friend_request') return this.askFriend(reply, view, method);
    return this.open(reply, view, method);
  }

  /** Where the payer goes afterwards: exactly what the merchant gave, if the app still owns that origin. */
  @Get(':token/return')
  async return(@Param('token') token: string, @Res() reply: GatewayReply) {
    const record = await this.find(token);
    const { returnUrl } = record.payment;
    if (returnUrl === undefined || !mayReturn(record, await this.appOf(record))) {
      throw new Refusal(404, 'not_found', 'This payment has nowhere to return to.');
    }
    return reply
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .redirect(new URL(returnUrl).href, 303);
  }

  @Get(':token/status')
  async status(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    return sendStatus(request, reply, statusView(await this.find(token), this.core.clock.now()));
  }

  @Get(':token/events')
  async events(@Param('token') token: string, @Res() reply: GatewayReply) {
    const status = statusView(await this.find(token), this.core.clock.now());
    return sendEvents(reply, this.watch, { key: token, status });
  }

  private async open(reply: GatewayReply, view: CashierView, method: string) {
    const { payment } = view.record;
    try {
      await this.presses.run(payment.id, () =>
        openAttempt(this.core, {
          app: payment.app,
          paymentId: payment.id,
          method,
          scene: view.scene,
          payer: payerFactsOf(view.visitor, this.settings.publicUrl),
          returnUrl: this.comeBackUrl(payment),
        }),
      );
    } catch (error) {
      if (!(error instanceof PaymentProblem)) throw error;
      if (SEEN_ON_THE_PAGE.includes(error.code)) return this.back(reply, view);
      return this.refuse(reply, view, refusalWords(error), PROBLEM_STATUS[error.kind]);
    }
    return reply.redirect(goHref(view), 303);
  }

  private askFriend(reply: GatewayReply, { record: { payment }, visitor }: CashierView, method: string) {
    return reply.redirect(askFriendHref({ payment, method, visitor }), 303);
  }

  private async refuse(reply: GatewayReply, view: CashierView, refusal: RefusalWords, status: number) {
    return this.sendOpen(reply, view, { attempt: undefined, eager: false, status, refusal });
  }

  private back(reply: GatewayReply, { path, visitor }: CashierView) {
    return reply.redirect(path + visitor.query, 303);
  }

  /** The list is shown unless the payer is in the middle of something that fills the page, and kept as an impression the first time. */
  private async sendOpen(
    reply: GatewayReply,
    view: CashierView,
    { attempt, eager, status, refusal }: Shown,
  ): Promise<void> {
    const { payment } = view.record;
    const filled = attempt !== undefined && !(view.scene === 'desktop_web' && showsCode(attempt));
    const seen = payerFactsOf(view.visitor, this.settings.publicUrl);
    const show = attempt === undefined ? showOptions : relistOptions;
    const list = filled ? undefined : await show(this.core, payment, view.scene, seen);
    const title = methodTitle(this.core, attempt?.method, view.visitor) ?? '';
    const page = await openPage(
      { ...view, list, attempt, refusal },
      { title, eager, phoneHref: attempt && this.phoneHref(attempt, payment) },
      status,
    );
    await sendPage(reply, page);
  }

  /** Where wallets send the payer back to: the result may be known by then. */
  private comeBackUrl(payment: Payment): string {
    return `${cashierUrl(this.settings.publicUrl, payment)}?check=1`;
  }

  private phoneHref(attempt: Attempt, payment: Payment): string | undefined {
    const { production, sandboxPublicUrl } = this.settings;
    return production ? undefined : sandboxPhoneHref(sandboxPublicUrl, attempt, this.comeBackUrl(payment));
  }

  private async view(record: PaymentRecord, visitor: Visitor): Promise<CashierView> {
    const scene = sceneOf(visitor.userAgent, record.payment.scene);
    return cashierView(record, await this.appOf(record), { visitor, scene, now: this.core.clock.now() });
  }

  private paidWith({ record, visitor }: CashierView): string | undefined {
    const attempt = record.attempts.find(({ id }) => id === record.payment.paidWith);
    return methodTitle(this.core, attempt?.method, visitor);
  }

  /** @throws Refusal 404, the same for whatever is not the token of a payment */
  private async find(token: string): Promise<PaymentRecord> {
    const record = TOKEN.test(token) ? await this.core.stores.payments.findPaymentByCashierToken(token) : undefined;
    if (record === undefined) throw new Refusal(404, 'not_found', 'No such payment.');
    return record;
  }

  private async appOf({ payment }: PaymentRecord): Promise<AppConfig> {
    const app = await this.core.stores.config.findApp(payment.app);
    if (app === undefined) throw new Error(`App ${payment.app} of payment ${payment.id} is gone.`);
    return app;
  }
}

interface Shown {
  readonly attempt: Attempt | undefined;
  readonly eager: boolean;
  readonly status: number;
  readonly refusal?: RefusalWords;
}

/** A code leaves room for the list beside it, where the screen is wide. */
function showsCode({ nextAction }: Attempt): boolean {
  return nextAction?.type === 'show_qr_code';
}
