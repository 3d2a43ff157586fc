import { Inject, Injectable } from '@nestjs/common';
import { openingOf, type AppConfig, type CoreContext, type LinkPage } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import type { GatewayReply, GatewayRequest } from '../../http/request.js';
import { CORE, SETTINGS } from '../../tokens.js';
import { setCookie } from '../page-cookies.js';
import type { Page } from '../page.js';
import type { Visitor } from '../visitor.js';
import { choicePage, confirmPage, copyAddressPage, type LinkView } from './link-pages.js';

const COOKIE = 'hutong_opened';
const KEPT_SECONDS = 8 * 86_400;

/** The link that somebody followed. */
export interface FollowedLink {
  readonly app: Pick<AppConfig, 'id' | 'name' | 'branding'>;
  readonly page: LinkPage;
  readonly path: string;
  readonly visitor: Visitor;
}

/** Judges how a shared page opens to this visit, and remembers, for this link alone, that somebody wanted it opened here. */
@Injectable()
export class LinkGate {
  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The page that stands before it; undefined when it just opens. An address that has to be copied stays so, whatever was said before. */
  async pageBefore(request: GatewayRequest, { app, page, path, visitor }: FollowedLink): Promise<Page | undefined> {
    const from = fromOf(request);
    const { decision } = await openingOf(this.core, app.id, page, { userAgent: visitor.userAgent, from });
    if (decision === 'open') return undefined;
    const keeps = from.map((word) => `from=${encodeURIComponent(word)}`).join('&');
    const view: LinkView = { app, visitor, path, url: this.settings.publicUrl + path, keeps };
    if (decision === 'copy_address') return copyAddressPage(view, 'browser');
    if (request.cookies[COOKIE] === '1') return undefined;
    return decision === 'confirm' ? confirmPage(view) : choicePage(view);
  }

  /** This browser opens this link here from now on. */
  remember(reply: GatewayReply, path: string): void {
    const scope = { path, publicUrl: this.settings.publicUrl };
    setCookie(reply, scope, { name: COOKIE, value: '1', seconds: KEPT_SECONDS });
  }
}

/** A word that is longer is none of a chat app's. */
const LONGEST_WORD = 32;
/** An address that is passed on gets longer by one each time; nobody passes one on that often. */
const MOST_WORDS = 8;

function fromOf({ query }: GatewayRequest): string[] {
  const { from } = query as { readonly from?: unknown };
  const words = (Array.isArray(from) ? from : [from]).filter((it): it is string => typeof it === 'string');
  return words.filter(({ length }) => length <= LONGEST_WORD).slice(-MOST_WORDS);
}
