import type { FastifyReply, FastifyRequest } from 'fastify';
import { backToShop } from '../frame/back-to-shop.js';
import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import { foreignScreen } from './foreign-screen.js';
import { formFields } from './form-fields.js';
import { readHandOver } from './hand-over.js';
import type { Opener } from './opening.js';
import { addressOf } from './paying.js';
import { openOrders, scanScreen } from './scan-screen.js';
import { readScanned } from './scanned.js';
import { PHONE_HEADERS, showScreen } from './shell.js';
import { type Visit, visitOf } from './visit.js';

/** The phone's first page: what is scanned, picked or handed over becomes a sheet. */
export class Scanning {
  constructor(
    private readonly frame: Pick<Frame, 'trades' | 'clock'>,
    private readonly opener: Opener,
  ) {}

  /** Also takes over what a merchant's page hands here. */
  async home(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = visitOf(request);
    const handed = visit.url.searchParams.get('next_action');
    if (handed === null) return this.show(reply, visit);
    return this.orSaid(reply, visit, () => this.takeOver(handed, request.headers.referer, visit, reply));
  }

  async scan(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = visitOf(request);
    const { content = '' } = formFields(request.body);
    return this.orSaid(reply, visit, () => this.read(content, visit, reply));
  }

  /** The open orders alone, for the page to put in again. */
  open(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { trades, clock } = this.frame;
    return reply.headers(PHONE_HEADERS).send(openOrders(trades.list(), clock.now(), visitOf(request)).text);
  }

  private async read(content: string, visit: Visit, reply: FastifyReply): Promise<FastifyReply> {
    const { actions, address } = readScanned(content);
    const link = address === undefined ? undefined : new URL(address).searchParams;
    const handed = link?.get('next_action') ?? undefined;
    if (handed !== undefined) return this.takeOver(handed, undefined, visit, reply);
    const trade = await this.opener.firstKnown(actions, { payer: visit.payer });
    // WeChat's H5 address says where its customer wants to be afterwards.
    if (trade !== undefined)
      return reply.redirect(addressOf(trade, 'pay', { back: backToShop(link?.get('redirect_url')) }), 303);
    if (address !== undefined) return showScreen(reply, visit, foreignScreen(address, visit));
    throw new ControlError(
      400,
      visit.say('没有钱包认得这个码。', 'No wallet here knows this code.') + hintFor(content, visit),
    );
  }

  /** The page that hands over is the one that calls the SDK; where the browser keeps it to itself, the one to go back to. */
  private async takeOver(
    handed: string,
    referer: string | undefined,
    visit: Visit,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { action, returnUrl } = readHandOver(handed);
    const trade = await this.opener.open(action, { payer: visit.payer, pageUrl: referer ?? returnUrl });
    return reply.redirect(addressOf(trade, 'pay', { back: returnUrl }), 303);
  }

  private async orSaid(reply: FastifyReply, visit: Visit, serve: () => Promise<FastifyReply>): Promise<FastifyReply> {
    try {
      return await serve();
    } catch (cause) {
      if (!(cause instanceof ControlError)) throw cause;
      return this.show(reply.code(cause.status), visit, cause);
    }
  }

  private show(reply: FastifyReply, visit: Visit, refusal?: ControlError): FastifyReply {
    const screen = scanScreen(this.frame.trades.list(), this.frame.clock.now(), visit, refusal?.detail);
    return showScreen(reply, visit, { ...screen, status: refusal?.status ?? 200 });
  }
}

function hintFor(content: string, { say }: Visit): string {
  if (!/^\d{16,24}$/.test(content.trim())) return '';
  return say('这是付款码：给商家的扫码枪扫，不是给手机扫。', " This is a payer's code: a till scans it, not a phone.");
}
