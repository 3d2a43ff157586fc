import type { CoreContext, MethodList } from '@hutong/payment-core';
import type { Child } from 'hono/jsx';
import { AppHead } from '../app-head.js';
import { Amount } from '../money-text.js';
import type { Page } from '../page.js';
import { qrDrawing } from '../qr-code.js';
import { GoOn, HandOver, Waiting, type PanelProps } from './attempt-panels.js';
import type { CashierView, OpenCashier } from './cashier-view.js';
import { BackToShop, PayForm } from './options.js';
import { Result } from './result-page.js';
import { ScanPanel } from './scan-panel.js';
import { statusView, type Standing } from './standing.js';

/** Without JavaScript a page that waits for something looks again by itself; seldom where a choice would be lost by it. */
const LOOK_AGAIN_SECONDS = { alone: 5, besideTheList: 20 };

export async function openPage(
  view: OpenCashier,
  panel: Omit<PanelProps, 'view' | 'attempt'>,
  status: number,
): Promise<Page> {
  const { attempt, list } = view;
  const scanning = attempt?.nextAction?.type === 'show_qr_code';
  const waits = attempt !== undefined;
  return {
    ...pageOf(view, status, scanning && list !== undefined ? 'card wide' : 'card', [
      <AppHead app={view.app} language={view.visitor.language} />,
      <Order view={view} />,
      <Notice view={view} />,
      ...(attempt === undefined ? [] : [await attemptPanel({ ...panel, view, attempt }, list === undefined)]),
      ...(list === undefined ? [] : [<Offer view={{ ...view, list }} />]),
    ]),
    ...licenceOf(view),
    ...(waits && { refreshSeconds: list ? LOOK_AGAIN_SECONDS.besideTheList : LOOK_AGAIN_SECONDS.alone }),
  };
}

export function endedPage(view: CashierView, standing: Exclude<Standing, 'open'>, method: string | undefined): Page {
  return pageOf(view, 410, 'card', [
    <AppHead app={view.app} language={view.visitor.language} />,
    <Result view={view} standing={standing} method={method} />,
  ]);
}

function pageOf(view: CashierView, status: number, className: string, children: Child[]): Page {
  const { path, record, app, copy, visitor, now } = view;
  const { status: standing, attempt } = statusView(record, now);
  return {
    status,
    path,
    language: visitor.language,
    title: copy.title(app.name[visitor.language]),
    brand: app.branding.color,
    scripts: ['cashier.js'],
    body: (
      <main
        class={className}
        id="cashier"
        data-path={path}
        data-query={visitor.query}
        data-status={standing}
        data-attempt={attempt ?? undefined}
      >
        {children}
        <p class="aside" id="news" role="status" data-changed={copy.changed}></p>
      </main>
    ),
  };
}

/** What a wallet's page asks of ours: that it is told which site sends the payer, and that a form may go to it. */
export function licenceOf({ attempt }: Pick<OpenCashier, 'attempt'>): Pick<Page, 'referrer' | 'formOrigins'> {
  const action = attempt?.nextAction;
  if (action?.type !== 'redirect') return {};
  return { referrer: 'origin', ...(action.form !== undefined && { formOrigins: [new URL(action.url).origin] }) };
}

function Order({ view: { app, copy, record, visitor } }: { view: CashierView }) {
  return (
    <section class="order" id="order">
      <h1 class="aside">{copy.title(app.name[visitor.language])}</h1>
      <p class="description" id="description">
        {record.payment.description}
      </p>
      <Amount money={record.payment.amount} language={visitor.language} />
    </section>
  );
}

function Notice({ view: { copy, refusal } }: { view: OpenCashier }) {
  if (refusal === undefined) return null;
  return (
    <section class="notice" id="refusal" role="alert">
      <h2>{copy.refused}</h2>
      <p>{copy.refusals[refusal]}</p>
    </section>
  );
}

function Offer({ view }: { view: OpenCashier & { readonly list: MethodList } }) {
  if (view.list.shown.length > 0) return <PayForm view={view} />;
  const { title, text } = view.copy.noOptions;
  return (
    <>
      <section class="state" id="state">
        <h2>{title}</h2>
        <p class="muted">{text}</p>
      </section>
      <div class="actions">
        <BackToShop view={view} />
      </div>
    </>
  );
}

/** @param alone without a list beside it */
export async function attemptPanel(props: PanelProps, alone: boolean): Promise<Child> {
  const { view, attempt } = props;
  const { copy } = view;
  if (attempt.status === 'starting') return <Waiting view={view} {...copy.starting} drawing="clock" />;
  const action = attempt.nextAction;
  switch (action?.type) {
    case 'show_qr_code': {
      const drawing = action.expiresAt > view.now ? await qrDrawing(action.content) : undefined;
      return <ScanPanel view={view} attempt={attempt} drawing={drawing} alone={alone} />;
    }
    case 'redirect':
      return <GoOn {...props} action={action} />;
    case 'invoke_sdk':
      return <HandOver {...props} action={action} />;
    case 'await_payer':
      return <Waiting view={view} {...copy.waiting} drawing="wallet" />;
    default:
      return <Waiting view={view} {...copy.unknown} drawing="clock" />;
  }
}

/** The name of a method as the installation knows it. */
export function methodTitle(core: CoreContext, id: string | undefined, { language }: CashierView['visitor']) {
  return id === undefined ? undefined : (core.providers.method(id)?.title[language] ?? id);
}
