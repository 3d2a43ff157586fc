import type { AppConfig } from '@hutong/payment-core';
import { AppHead } from '../app-head.js';
import type { Page } from '../page.js';
import { StateMark } from '../state-mark.js';
import type { Visitor } from '../visitor.js';
import { LINK_COPY } from './copy.js';
import { CopyAddress, CopyField, type CopyFor } from './copy-address.js';

/** A page that stands before another one. */
export interface LinkView {
  readonly app: Pick<AppConfig, 'name' | 'branding'>;
  readonly visitor: Visitor;
  /** Of the page behind it. */
  readonly path: string;
  /** The absolute address to copy. */
  readonly url: string;
  /** What a switch of the language keeps. */
  readonly keeps?: string;
}

/** The address to be copied into a browser, and nothing else. */
export function copyAddressPage(view: LinkView, goal: CopyFor, status = 200, title?: string): Page {
  const heading = title ?? LINK_COPY[view.visitor.language].copyAddress.title;
  return {
    ...frame(view, heading),
    status,
    body: (
      <main class="card">
        <h1>{heading}</h1>
        <CopyAddress url={view.url} language={view.visitor.language} goal={goal} />
      </main>
    ),
  };
}

/** Says where the link leads before it is followed. */
export function confirmPage(view: LinkView): Page {
  const { app, visitor, url } = view;
  const { confirm } = LINK_COPY[visitor.language];
  return {
    ...frame(view, confirm.title),
    body: (
      <main class="card">
        <AppHead app={app} language={visitor.language} />
        <section class="state">
          <StateMark drawing="arrow" />
          <h1>{confirm.title}</h1>
          <p>{confirm.text(app.name[visitor.language], new URL(url).host)}</p>
          <p class="muted">{confirm.care}</p>
        </section>
        <div class="actions">
          <OpenForm view={view} text={confirm.open} />
        </div>
      </main>
    ),
  };
}

/** Both ways, side by side. */
export function choicePage(view: LinkView): Page {
  const { app, visitor, url } = view;
  const { choice } = LINK_COPY[visitor.language];
  return {
    ...frame(view, choice.title),
    body: (
      <main class="card">
        <AppHead app={app} language={visitor.language} />
        <h1>{choice.title}</h1>
        <OpenForm view={view} text={choice.open} />
        <h2>{choice.or}</h2>
        <CopyField url={url} language={visitor.language} plain />
      </main>
    ),
  };
}

function frame({ app, visitor, path, keeps }: LinkView, title: string): Omit<Page, 'body'> {
  return {
    status: 200,
    language: visitor.language,
    title,
    path,
    brand: app.branding.color,
    scripts: ['share.js'],
    ...(keeps !== undefined && { keeps }),
  };
}

function OpenForm({ view: { path, visitor }, text }: { view: LinkView; text: string }) {
  return (
    <form method="post" action={`${path}/open${visitor.query}`}>
      <button class="button" id="open-here">
        {text}
      </button>
    </form>
  );
}
