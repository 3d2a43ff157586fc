import { Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  isPayableByScan,
  loadScanCode,
  otherOptionsForScan,
  payByScan,
  PaymentProblem,
  refusalOfScan,
  scannersTries,
  type CoreContext,
  type LoadedScanCode,
  type MethodList,
} from '@hutong/payment-core';
import type { Scene } from '@hutong/payment-port';
import type { Settings } from '@hutong/settings';
import { PROBLEM_STATUS } from '../../http/problem-document.js';
import { Refusal } from '../../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../../http/request.js';
import { CORE, SETTINGS } from '../../tokens.js';
import { methodTitle } from '../cashier/cashier-page.js';
import { goHref } from '../cashier/links.js';
import { OneAtATime } from '../cashier/one-at-a-time.js';
import { PaymentWatch } from '../cashier/payment-watch.js';
import { refusalWords, type RefusalWords } from '../cashier/refusal-words.js';
import { sandboxPhoneHref } from '../cashier/sandbox-phone.js';
import { SparingRefresh } from '../cashier/sparing-refresh.js';
import { formField, refuseForeignForm } from '../form.js';
import { LinkGate } from '../links/link-gate.js';
import { sendEvents, sendStatus } from '../live-status.js';
import { giveVisitor, visitorSecret } from '../page-cookies.js';
import { PageController } from '../page-controller.js';
import { sendPage } from '../page.js';
import { sceneOf } from '../scene.js';
import { payerFactsOf, visitorOf } from '../visitor.js';
import { WalletSignIn, type SignInPlace } from '../wallet-sign-in.js';
import {
  endedPage,
  optionsPage,
  signInFailedPage,
  tryPage,
  untakenPage,
  walletPage,
  type CodeRefusal,
} from './code-page.js';
import { codeLiveStatus, codePageView, isDead, type CodePageView } from './code-view.js';

/** Refusals that the page as it stands explains. */
const SEEN_ON_THE_PAGE = [
  'attempt_in_progress',
  'payment_already_paid',
  'payment_closed',
  'scan_code_expired',
  'scan_code_replaced',
];

/** What stands behind one code for every wallet: whoever scans it pays with what they scanned it with. */
@PageController('q')
export class CodeController {
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
    const view = await this.view(token, request);
    const { path, visitor, app } = view;
    const { check, choose, go } = request.query as Readonly<Record<string, unknown>>;
    if (check !== undefined) {
      await this.asking.refresh(view.found.record.payment);
      return this.back(reply, view);
    }
    if (isDead(view)) return sendPage(reply, endedPage(view, this.paidWith(view)));
    const before = await this.gate.pageBefore(request, { app, page: 'code', path, visitor });
    if (before !== undefined) return sendPage(reply, before);
    if (visitorSecret(request) === undefined) giveVisitor(reply, { path, publicUrl: this.settings.publicUrl });
    const { attempt } = view;
    if (attempt === undefined || (choose !== undefined && view.found.state === 'alive')) return this.offer(reply, view);
    const title = methodTitle(this.core, attempt.method, visitor) ?? '';
    const panel = { title, eager: go !== undefined, phoneHref: this.phoneHref(view) };
    return sendPage(reply, await tryPage({ ...view, attempt }, panel));
  }

  /** By the wallet that scanned, or by one of the app's options where that is none. */
  @Post(':token/pay')
  async pay(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    refuseForeignForm(request, this.settings.publicUrl);
    const view = await this.view(token, request);
    if (isDead(view)) return this.back(reply, view);
    const chosen = this.core.providers.method(formField(request, 'method') ?? '');
    const byWallet = chosen?.id === view.method.id;
    if (chosen === undefined || (byWallet ? view.provider === undefined : !isPayableByScan(chosen))) {
      return this.offer(reply, view, 'choose');
    }
    const secret =
      visitorSecret(request) ?? giveVisitor(reply, { path: view.path, publicUrl: this.settings.publicUrl });
    const order = byWallet ? {} : { method: chosen.id };
    const provider = chosen.providerOf({ scene: view.scene });
    if (provider === undefined || !this.signIn.isNeeded(chosen, view.scene)) {
      return this.open(reply, view, { ...order, browser: secret });
    }
    const place = { app: view.app.id, provider, path: view.path, visitor: secret };
    const openid = this.signIn.payer(request, place);
    return openid === undefined
      ? this.askWho(reply, view, place)
      : this.open(reply, view, { ...order, openid, browser: secret });
  }

  /** Back from WeChat's sign-in, in the browser that went there. */
  @Get(':token/wechat')
  async signedIn(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    const view = await this.view(token, request);
    if (isDead(view)) return this.back(reply, view);
    const { path, provider, app } = view;
    const visitor = visitorSecret(request);
    if (visitor === undefined || provider === undefined) return sendPage(reply, signInFailedPage(view));
    const openid = await this.signIn.finishOrNobody(request, reply, { app: app.id, provider, path, visitor });
    if (openid === undefined) return sendPage(reply, signInFailedPage(view));
    return this.open(reply, view, { openid, browser: visitor });
  }

  @Get(':token/status')
  async status(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    return sendStatus(request, reply, codeLiveStatus(await this.find(token), this.core.clock.now()));
  }

  @Get(':token/events')
  async events(@Param('token') token: string, @Res() reply: GatewayReply) {
    const status = codeLiveStatus(await this.find(token), this.core.clock.now());
    const look = async () => {
      const found = await loadScanCode(this.core, token);
      return found && codeLiveStatus(found, this.core.clock.now());
    };
    return sendEvents(reply, this.watch, { key: `/q/${token}`, status, look });
  }

  /** What this scanner may pay with, with what was wrong with their last press. */
  private async offer(reply: GatewayReply, view: CodePageView, refusal?: CodeRefusal) {
    const { provider, found, scene, method, app, path } = view;
    if (provider === undefined) return sendPage(reply, optionsPage(view, await this.others(view), refusal));
    const refused = await refusalOfScan(this.core, found, scene);
    if (refused !== undefined)
      return this.untaken(reply, view, refusalWords(refused), refusal === undefined ? 200 : 409);
    if (!this.signIn.isNeeded(method, scene)) return sendPage(reply, walletPage(view, withRefusal(refusal)));
    const origin = await this.signIn.origin({ app: app.id, provider, path });
    if (origin === undefined) return this.untaken(reply, view, 'environment', 200);
    return sendPage(reply, walletPage(view, { ...withRefusal(refusal), formOrigins: [origin] }));
  }

  private async untaken(reply: GatewayReply, view: CodePageView, reason: RefusalWords, status: number) {
    const { found, method } = view;
    const scenes = Object.keys(method.scenes) as Scene[];
    const taken: string[] = [];
    for (const scene of scenes) {
      const provider = method.providerOf({ scene });
      const refused = await refusalOfScan(this.core, found, scene);
      if (provider !== undefined && refused === undefined) taken.push(provider);
    }
    const shown = await this.others(view);
    return sendPage(reply, untakenPage(view, { reason, shown, taken }, status));
  }

  private async others({ path, scene, visitor }: CodePageView): Promise<MethodList['shown']> {
    const facts = payerFactsOf(visitor, this.settings.publicUrl);
    return (await otherOptionsForScan(this.core, path.slice('/q/'.length), scene, facts)) ?? [];
  }

  private async askWho(reply: GatewayReply, view: CodePageView, place: SignInPlace) {
    const url = await this.signIn.begin(reply, place, view.visitor.query);
    return url === undefined ? this.untaken(reply, view, 'environment', 409) : reply.redirect(url, 303);
  }

  private async open(reply: GatewayReply, view: CodePageView, { method, openid, browser }: Scanned) {
    const token = view.path.slice('/q/'.length);
    const facts = payerFactsOf(view.visitor, this.settings.publicUrl);
    const payer = { ...facts, ...(openid !== undefined && { openid }) };
    const order = { token, scene: view.scene, payer, browser, ...(method !== undefined && { method }) };
    try {
      await this.presses.run(token, () => payByScan(this.core, order));
    } catch (error) {
      if (!(error instanceof PaymentProblem)) throw error;
      if (SEEN_ON_THE_PAGE.includes(error.code)) return this.back(reply, view);
      return this.refuse(reply, view, error);
    }
    return reply.redirect(goHref(view), 303);
  }

  private async refuse(reply: GatewayReply, view: CodePageView, error: PaymentProblem) {
    const words = refusalWords(error);
    const untakenHere = view.provider !== undefined && words !== 'payer' && words !== 'other';
    if (untakenHere) return this.untaken(reply, view, words, PROBLEM_STATUS[error.kind]);
    return this.offer(reply, view, REFUSALS[words]);
  }

  private back(reply: GatewayReply, { path, visitor }: CodePageView) {
    return reply.redirect(path + visitor.query, 303);
  }

  private phoneHref({ attempt, url }: CodePageView): string | undefined {
    const { production, sandboxPublicUrl } = this.settings;
    return production || attempt === undefined
      ? undefined
      : sandboxPhoneHref(sandboxPublicUrl, attempt, `${url}?check=1`);
  }

  private paidWith({ found, visitor }: CodePageView): string | undefined {
    const { payment, attempts } = found.record;
    const attempt = attempts.find(({ id }) => id === payment.paidWith);
    const own = this.core.providers.methods().find(({ providers, handsOver, kind }) => {
      return (
        handsOver === undefined && kind === 'wallet' && providers.length === 1 && providers[0] === attempt?.provider
      );
    });
    return own?.title[visitor.language] ?? methodTitle(this.core, attempt?.method, visitor);
  }

  private async view(token: string, request: GatewayRequest): Promise<CodePageView> {
    const found = await this.find(token);
    const { app: id } = found.record.payment;
    const app = await this.core.stores.config.findApp(id);
    const method = this.core.providers.method(found.code.method);
    if (app === undefined || method === undefined) throw nothing();
    const visitor = visitorOf(request);
    const scene = sceneOf(visitor.userAgent);
    const browser = visitorSecret(request);
    const tries = browser === undefined ? [] : this.triesOf(request, { token, found, method, scene, browser });
    return codePageView(this.core, found, { token, app, visitor, scene, method, tries });
  }

  private triesOf(request: GatewayRequest, { token, found, method, scene, browser }: Scanner) {
    const provider = method.providerOf({ scene });
    const place = { app: found.record.payment.app, path: `/q/${token}`, visitor: browser };
    const openid = provider === undefined ? undefined : this.signIn.payer(request, { ...place, provider });
    return scannersTries(found.record, { browser, ...(openid !== undefined && { payer: { openid } }) });
  }

  /** @throws Refusal 404, the same for whatever is no token of ours */
  private async find(token: string): Promise<LoadedScanCode> {
    const found = await loadScanCode(this.core, token);
    if (found === undefined) throw nothing();
    return found;
  }
}

interface Scanned {
  readonly method?: string;
  readonly openid?: string;
  readonly browser: string;
}

interface Scanner {
  readonly token: string;
  readonly found: LoadedScanCode;
  readonly method: CodePageView['method'];
  readonly scene: Scene;
  readonly browser: string;
}

const REFUSALS = {
  choose: 'choose',
  unavailable: 'unavailable',
  notOffered: 'notOffered',
  amount: 'notOffered',
  environment: 'environment',
  payer: 'payer',
  identity: 'environment',
  friend: 'other',
  other: 'other',
} as const satisfies Record<RefusalWords, CodeRefusal>;

const withRefusal = (refusal: CodeRefusal | undefined) => (refusal === undefined ? {} : { refusal });

function nothing(): Refusal {
  return new Refusal(404, 'not_found', 'No such code.');
}
