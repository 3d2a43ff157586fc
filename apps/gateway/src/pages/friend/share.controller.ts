import { Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  cancelFriendRequest,
  createFriendRequest,
  MAX_MESSAGE,
  openFriendRequest,
  PaymentProblem,
  type CoreContext,
  type FriendRequestRecord,
  type PaymentRecord,
} from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { friendRequestView } from '../../friends/friend-request.view.js';
import { PROBLEM_STATUS } from '../../http/problem-document.js';
import { Refusal } from '../../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../../http/request.js';
import { ONE_LINE } from '../../methods/whereabouts.dto.js';
import { CORE, SETTINGS } from '../../tokens.js';
import { cashierPath } from '../cashier/cashier-url.js';
import { cashierView } from '../cashier/cashier-view.js';
import { chooseHref } from '../cashier/links.js';
import { PaymentWatch } from '../cashier/payment-watch.js';
import { refusalWords } from '../cashier/refusal-words.js';
import { standingOf, type LiveStatus } from '../cashier/standing.js';
import { formField, refuseForeignForm } from '../form.js';
import { revisionOf, sendEvents, sendStatus } from '../live-status.js';
import { PageController } from '../page-controller.js';
import { sendPage } from '../page.js';
import { qrDrawing } from '../qr-code.js';
import { sceneOf } from '../scene.js';
import { visitorOf } from '../visitor.js';
import { friendLiveStatus } from './friend-view.js';
import { SHARE_COPY } from './share-copy.js';
import { askPage, sharePage, type ShareView } from './share-page.js';

const TOKEN = /^[\w-]{22,64}$/;

/** What the owner is in the middle of: their payment and the request to a friend, if it is open. */
interface Asking {
  readonly token: string;
  readonly method: string;
  readonly record: PaymentRecord;
  readonly asked: FriendRequestRecord | undefined;
}

/** Inside the cashier: its payer asks a friend, shares the link, and sees what comes of it. */
@PageController('cashier/:token/friend')
export class ShareController {
  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly watch: PaymentWatch,
  ) {}

  @Get(':method')
  async show(@Param() params: SharePath, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    const asking = await this.find(params);
    const view = await this.view(asking, request);
    const { visitor, path } = view.cashier;
    if (standingOf(asking.record, this.core.clock.now()) !== 'open') return reply.redirect(path + visitor.query, 303);
    if (asking.asked === undefined) return sendPage(reply, askPage(view, {}));
    const shared = await friendRequestView(this.core, asking.asked, visitor.language);
    const drawing = await qrDrawing(shared.url);
    return sendPage(reply, sharePage(view, { request: asking.asked.request, shared, drawing }));
  }

  @Post(':method')
  async ask(@Param() params: SharePath, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    refuseForeignForm(request, this.settings.publicUrl);
    const asking = await this.find(params);
    const view = await this.view(asking, request);
    const message = (formField(request, 'message') ?? '').trim();
    if ([...message].length > MAX_MESSAGE || (message !== '' && !ONE_LINE.test(message))) {
      return sendPage(reply, askPage(view, { refusal: view.words.badMessage, message, status: 400 }));
    }
    try {
      const { app, id: paymentId } = asking.record.payment;
      await createFriendRequest(this.core, {
        app,
        paymentId,
        method: asking.method,
        ...(message !== '' && { message }),
      });
    } catch (error) {
      if (!(error instanceof PaymentProblem)) throw error;
      if (!SEEN_ON_THE_PAGE.includes(error.code)) {
        const refusal = view.cashier.copy.refusals[refusalWords(error)];
        return sendPage(reply, askPage(view, { refusal, message, status: PROBLEM_STATUS[error.kind] }));
      }
    }
    return reply.redirect(view.path + view.cashier.visitor.query, 303);
  }

  /** Taken back: the list again. A friend who was faster has paid, and the cashier says so. */
  @Post(':method/cancel')
  async cancel(@Param() params: SharePath, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    refuseForeignForm(request, this.settings.publicUrl);
    const { asked, record } = await this.find(params);
    const visitor = visitorOf(request);
    const path = cashierPath(record.payment);
    try {
      if (asked !== undefined) await cancelFriendRequest(this.core, asked.request.app, asked.request.id);
    } catch (error) {
      if (!(error instanceof PaymentProblem && error.code === 'payment_already_paid')) throw error;
      return reply.redirect(path + visitor.query, 303);
    }
    return reply.redirect(chooseHref({ path, visitor }), 303);
  }

  @Get(':method/status')
  async status(@Param() params: SharePath, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    return sendStatus(request, reply, this.live(await this.find(params)));
  }

  @Get(':method/events')
  async events(@Param() params: SharePath, @Res() reply: GatewayReply) {
    const status = this.live(await this.find(params));
    const key = `/cashier/${params.token}/friend/${params.method}`;
    return sendEvents(reply, this.watch, { key, status, look: async () => this.live(await this.find(params)) });
  }

  private live({ record, asked }: Asking): LiveStatus {
    const now = this.core.clock.now();
    return { status: standingOf(record, now), attempt: revisionOf([asked && friendLiveStatus(asked, now)]) };
  }

  private async view(asking: Asking, request: GatewayRequest): Promise<ShareView> {
    const { record, method } = asking;
    const app = await this.core.stores.config.findApp(record.payment.app);
    if (app === undefined) throw new Error(`App ${record.payment.app} of payment ${record.payment.id} is gone.`);
    const visitor = visitorOf(request);
    const scene = sceneOf(visitor.userAgent, record.payment.scene);
    return {
      cashier: cashierView(record, app, { visitor, scene, now: this.core.clock.now() }),
      path: `${cashierPath(record.payment)}/friend/${method}`,
      words: SHARE_COPY[visitor.language],
      live: this.live(asking),
    };
  }

  /** @throws Refusal 404, the same for whatever is no token of a payment or no way to ask a friend */
  private async find({ token, method }: SharePath): Promise<Asking> {
    const known = this.core.providers.method(method)?.handsOver === 'friend_request' && TOKEN.test(token);
    const record = known ? await this.core.stores.payments.findPaymentByCashierToken(token) : undefined;
    if (record === undefined) throw new Refusal(404, 'not_found', 'No such payment.');
    return { token, method, record, asked: await openFriendRequest(this.core, record.payment, method) };
  }
}

/** Of another content: the one that is open is shown. */
const SEEN_ON_THE_PAGE = ['friend_request_open', 'payment_already_paid', 'payment_closed'];

interface SharePath {
  readonly token: string;
  readonly method: string;
}
