import type { Child } from 'hono/jsx';
import { MAX_MESSAGE, type FriendRequestRecord } from '@hutong/payment-core';
import type { FriendRequestSchema } from '../../friends/friend-request.schema.js';
import { AppHead } from '../app-head.js';
import type { CashierView } from '../cashier/cashier-view.js';
import { chooseHref } from '../cashier/links.js';
import type { LiveStatus } from '../cashier/standing.js';
import { CopiedText } from '../links/copy-address.js';
import { Moment } from '../moment.js';
import { Amount } from '../money-text.js';
import type { Page } from '../page.js';
import { QrCode } from '../qr-code.js';
import type { ShareCopy } from './share-copy.js';

/** Without JavaScript the page looks again by itself; nothing that is typed is lost by it. */
const LOOK_AGAIN_SECONDS = 10;

export interface ShareView {
  readonly cashier: CashierView;
  /** This page's own. */
  readonly path: string;
  readonly words: ShareCopy;
  readonly live: LiveStatus;
}

/** The owner writes a line to the friend, or none. */
export function askPage(view: ShareView, options: { refusal?: string; message?: string; status?: number }): Page {
  const { words, path, cashier } = view;
  return frame(view, options.status ?? 200, 'card', [
    options.refusal !== undefined && (
      <section class="notice" id="refusal" role="alert">
        <h2>{cashier.copy.refused}</h2>
        <p>{options.refusal}</p>
      </section>
    ),
    <form class="pay-form" id="ask" method="post" action={path + cashier.visitor.query}>
      <div class="copied-text">
        <h2>{words.ask.title}</h2>
        <p class="muted small">{words.ask.text}</p>
        <label class="small" for="message">
          {words.ask.message}
        </label>
        <input
          class="address plain"
          id="message"
          name="message"
          type="text"
          maxlength={MAX_MESSAGE}
          value={options.message ?? ''}
          autocomplete="off"
        />
        <p class="muted small">{words.refunds}</p>
      </div>
      <div class="actions">
        <button class="button" id="ask-button">
          {words.ask.button}
        </button>
        <OtherMethod view={view} />
      </div>
    </form>,
  ]);
}

export interface Sharing {
  readonly request: FriendRequestRecord['request'];
  /** What the merchant's API says of it: everything to share it by. */
  readonly shared: FriendRequestSchema;
  /** The link, drawn. */
  readonly drawing: string;
}

/** The link, the text code and the picture, and how it stands. */
export function sharePage(view: ShareView, { request, shared, drawing }: Sharing): Page {
  const { words, path, cashier } = view;
  const { visitor } = cashier;
  const { title, text } = shared.status === 'claimed' ? words.claimed : words.waiting;
  return {
    ...frame(view, 200, 'card wide', [
      <section class="standing" id="state" role="status" data-request={shared.status}>
        <h2>{title}</h2>
        <p class="muted small">{text}</p>
        <p class="muted small">
          {words.until} <Moment at={request.expiresAt} language={visitor.language} />
        </p>
      </section>,
      <div class="pass-on">
        <button
          class="button"
          type="button"
          id="share"
          data-title={shared.card.title}
          data-text={shared.card.text}
          data-url={shared.url}
          hidden
        >
          {words.share}
        </button>
        <CopiedText id="address" label={words.link} text={shared.url} button={words.copyLink} plain {...words} />
        <CopiedText id="code" label={words.code} text={shared.share_text} button={words.copyCode} plain {...words} />
      </div>,
      <section class="panel" aria-labelledby="qr-title">
        <h2 class="small muted" id="qr-title">
          {words.qr}
        </h2>
        <QrCode drawing={drawing} label={words.qrLabel} />
      </section>,
      <div class="actions">
        <OtherMethod view={view} />
        <form method="post" action={`${path}/cancel${visitor.query}`}>
          <button class="quiet wide-quiet" id="cancel">
            {words.cancel}
          </button>
        </form>
      </div>,
    ]),
    refreshSeconds: LOOK_AGAIN_SECONDS,
  };
}

function OtherMethod({ view: { cashier } }: { view: ShareView }) {
  return (
    <a class="quiet" id="other-method" href={chooseHref(cashier)}>
      {cashier.copy.otherMethod}
    </a>
  );
}

function frame({ cashier, path, live, words }: ShareView, status: number, className: string, children: Child[]): Page {
  const { app, visitor, copy, record } = cashier;
  return {
    status,
    path,
    language: visitor.language,
    title: `${words.ask.title} · ${app.name[visitor.language]}`,
    brand: app.branding.color,
    scripts: ['cashier.js', 'share.js'],
    body: (
      <main
        class={className}
        id="cashier"
        data-path={path}
        data-query={visitor.query}
        data-status={live.status}
        data-attempt={live.attempt ?? undefined}
      >
        <AppHead app={app} language={visitor.language} />
        <section class="order" id="order">
          <h1 class="aside">{copy.title(app.name[visitor.language])}</h1>
          <p class="description" id="description">
            {record.payment.description}
          </p>
          <Amount money={record.payment.amount} language={visitor.language} />
        </section>
        {children}
        <p class="aside" id="news" role="status" data-changed={copy.changed}></p>
      </main>
    ),
  };
}
