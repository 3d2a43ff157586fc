import { Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  findFriendRequestByToken,
  isOver,
  payAsFriend,
  PaymentProblem,
  statusOf,
  viewForFriend,
  type CoreContext,
  type FriendRequestRecord,
} from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { Refusal } from '../../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../../http/request.js';
import { CORE, SETTINGS } from '../../tokens.js';
import { goHref } from '../cashier/links.js';
import { OneAtATime } from '../cashier/one-at-a-time.js';
import { PaymentWatch } from '../cashier/payment-watch.js';
import { sandboxPhoneHref } from '../cashier/sandbox-phone.js';
import { SparingRefresh } from '../cashier/sparing-refresh.js';
import { refuseForeignForm } from '../form.js';
import { LinkGate } from '../links/link-gate.js';
import { sendEvents, sendStatus } from '../live-status.js';
import { giveVisitor, visitorSecret } from '../page-cookies.js';
import { PageController } from '../page-controller.js';
import { sendPage } from '../page.js';
import { qrDrawing } from '../qr-code.js';
import { sceneOf } from '../scene.js';
import { payerFactsOf, visitorOf } from '../visitor.js';
import { WalletSignIn, type SignInPlace } from '../wallet-sign-in.js';
import { cardPicture } from './card-picture.js';
import {
  elsewherePage,
  endedPage,
  heldPage,
  requestPage,
  signInFailedPage,
  tryPage,
  type FriendRefusal,
} from './friend-page.js';
import { friendLiveStatus, friendPageView, friendPath, type FriendPageView } from './friend-view.js';
import { answerToRefusal } from './refused-friend.js';

/** The page of a request to a friend: whoever has the link sees what to pay for, and one at a time pays it. */
@PageController('f')
export class FriendController {
  private readonly presses = new OneAtATime();

  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly watch: PaymentWatch,
    private readonly asking: SparingRefresh,
    private readonly gate: LinkGate,
    private readonly signIn: WalletSignIn,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    const record = await this.find(token);
    const { check, go } = request.query as Readonly<Record<string, unknown>>;
    if (check !== undefined) {
      await this.asking.refresh(record.payment);
      return reply.redirect(friendPath(record) + visitorOf(request).query, 303);
    }
    const view = await this.view(record, request);
    const { seen, path, visitor } = view;
    if (isOver(seen.status)) return sendPage(reply, endedPage(view));
    const before = await this.gate.pageBefore(request, { app: seen.app, page: 'friend', path, visitor });
    if (before !== undefined) return sendPage(reply, before);
    if (visitorSecret(request) === undefined) giveVisitor(reply, { path, publicUrl: this.settings.publicUrl });
    return this.sendAlive(reply, view, go !== undefined);
  }

  /** Goes on for whoever may: signed in first where the wallet has to know them. */
  @Post(':token/pay')
  async pay(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    refuseForeignForm(request, this.settings.publicUrl);
    const view = await this.view(await this.find(token), request);
    const { seen, path, method, scene } = view;
    if (isOver(seen.status) || seen.held?.by === 'other') return this.back(reply, view);
    if (view.provider === undefined) return sendPage(reply, elsewherePage(view, 409));
    const secret = visitorSecret(request);
    if (secret === undefined) {
      giveVisitor(reply, { path, publicUrl: this.settings.publicUrl });
      return this.sendRequest(reply, view, 'cookies');
    }
    const place = { app: seen.app.id, provider: view.provider, path, visitor: secret };
    if (!this.signIn.isNeeded(method, scene)) return this.open(reply, view, secret);
    const openid = this.signIn.payer(request, place);
    return openid === undefined ? this.askWho(reply, view, place) : this.open(reply, view, secret, openid);
  }

  /** Back from WeChat's sign-in, in the browser that went there. */
  @Get(':token/wechat')
  async signedIn(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    const view = await this.view(await this.find(token), request);
    const { seen, path, provider } = view;
    if (isOver(seen.status)) return this.back(reply, view);
    const secret = visitorSecret(request);
    if (secret === undefined || provider === undefined) return sendPage(reply, signInFailedPage(view));
    const openid = await this.signIn.finishOrNobody(request, reply, {
      app: seen.app.id,
      provider,
      path,
      visitor: secret,
    });
    if (openid === undefined) return sendPage(reply, signInFailedPage(view));
    return this.open(reply, view, secret, openid);
  }

  @Get(':token/status')
  async status(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    return sendStatus(request, reply, friendLiveStatus(await this.find(token), this.core.clock.now()));
  }

  @Get(':token/events')
  async events(@Param('token') token: string, @Res() reply: GatewayReply) {
    const status = friendLiveStatus(await this.find(token), this.core.clock.now());
    const look = async () => {
      const record = await findFriendRequestByToken(this.core, token);
      return record && friendLiveStatus(record, this.core.clock.now());
    };
    return sendEvents(reply, this.watch, { key: `/f/${token}`, status, look });
  }

  @Get(':token/qr.svg')
  async code(@Param('token') token: string, @Res() reply: GatewayReply) {
    const url = this.core.links.friendRequest((await this.findAlive(token)).request.token);
    return sendPicture(reply, 'image/svg+xml', await qrDrawing(url));
  }

  @Get(':token/card.png')
  async card(@Param('token') token: string, @Res() reply: GatewayReply) {
    const { request } = await this.findAlive(token);
    const app = await this.core.stores.config.findApp(request.app);
    const url = this.core.links.friendRequest(request.token);
    return sendPicture(reply, 'image/png', await cardPicture(url, app?.branding.color ?? ''));
  }

  private async sendAlive(reply: GatewayReply, view: FriendPageView, eager: boolean) {
    const { seen, attempt, method, visitor } = view;
    if (seen.held?.by === 'other') return sendPage(reply, heldPage(view, seen.held.until));
    if (attempt !== undefined) {
      const panel = { title: method.title[visitor.language], eager, phoneHref: this.phoneHref(view) };
      return sendPage(reply, await tryPage({ ...view, attempt }, panel));
    }
    return this.sendRequest(reply, view);
  }

  /** The one button, whose form may go to the wallet's sign-in where that comes first. */
  private async sendRequest(reply: GatewayReply, view: FriendPageView, refusal?: FriendRefusal) {
    const { seen, method, provider, scene, path } = view;
    if (provider === undefined) return sendPage(reply, elsewherePage(view, 200));
    const refused = refusal === undefined ? {} : { refusal };
    if (!this.signIn.isNeeded(method, scene)) return sendPage(reply, requestPage(view, refused));
    const origin = await this.signIn.origin({ app: seen.app.id, provider, path });
    if (origin === undefined) return sendPage(reply, elsewherePage(view, 200));
    return sendPage(reply, requestPage(view, { ...refused, formOrigins: [origin] }));
  }

  private async askWho(reply: GatewayReply, view: FriendPageView, place: SignInPlace) {
    const url = await this.signIn.begin(reply, place, view.visitor.query);
    return url === undefined ? sendPage(reply, elsewherePage(view, 409)) : reply.redirect(url, 303);
  }

  private async open(reply: GatewayReply, view: FriendPageView, secret: string, openid?: string) {
    const token = view.path.slice('/f/'.length);
    const payer = {
      ...payerFactsOf(view.visitor, this.settings.publicUrl),
      ...(openid !== undefined && { openid }),
    };
    try {
      await this.presses.run(token, () => payAsFriend(this.core, { token, visitor: secret, scene: view.scene, payer }));
    } catch (error) {
      if (!(error instanceof PaymentProblem)) throw error;
      const answer = answerToRefusal(error);
      if (answer === 'look') return this.back(reply, view);
      if (answer === 'elsewhere') return sendPage(reply, elsewherePage(view, 409));
      return this.sendRequest(reply, view, answer);
    }
    return reply.redirect(goHref(view), 303);
  }

  private back(reply: GatewayReply, { path, visitor }: FriendPageView) {
    return reply.redirect(path + visitor.query, 303);
  }

  private phoneHref({ attempt, url }: FriendPageView): string | undefined {
    const { production, sandboxPublicUrl } = this.settings;
    return production || attempt === undefined
      ? undefined
      : sandboxPhoneHref(sandboxPublicUrl, attempt, `${url}?check=1`);
  }

  private async view(record: FriendRequestRecord, request: GatewayRequest): Promise<FriendPageView> {
    const secret = visitorSecret(request);
    const seen = await viewForFriend(this.core, record.request.token, secret);
    const method = this.core.providers.method(record.request.method);
    if (seen === undefined || method === undefined) throw nothing();
    const visitor = visitorOf(request);
    return friendPageView(this.core, record, { visitor, scene: sceneOf(visitor.userAgent), method, seen, secret });
  }

  /** @throws Refusal 404, the same for whatever is no token of ours */
  private async find(token: string): Promise<FriendRequestRecord> {
    const record = await findFriendRequestByToken(this.core, token);
    if (record === undefined) throw nothing();
    return record;
  }

  /** Pictures are for sharing: of a dead link there are none. */
  private async findAlive(token: string): Promise<FriendRequestRecord> {
    const record = await this.find(token);
    if (isOver(statusOf(record, this.core.clock.now()))) throw new Refusal(410, 'gone', 'This request is over.');
    return record;
  }
}

function nothing(): Refusal {
  return new Refusal(404, 'not_found', 'No such request.');
}

/** Kept for a minute: whoever is shown the link sees it at once, and a request that is over is soon nowhere. */
function sendPicture(reply: GatewayReply, type: string, picture: string | Buffer) {
  return reply
    .header('content-type', type)
    .header('cache-control', 'public, max-age=60')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .header('x-robots-tag', 'noindex, nofollow')
    .send(picture);
}
