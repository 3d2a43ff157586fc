import type { Child } from 'hono/jsx';
import type { Attempt, MethodList } from '@hutong/payment-core';
import { AppHead } from '../app-head.js';
import { attemptPanel, licenceOf } from '../cashier/cashier-page.js';
import type { PanelProps } from '../cashier/attempt-panels.js';
import { OptionRows } from '../cashier/options.js';
import type { RefusalWords } from '../cashier/refusal-words.js';
import { CopyField } from '../links/copy-address.js';
import { MethodMark } from '../method-mark.js';
import { Moment } from '../moment.js';
import { Amount, moneyText } from '../money-text.js';
import type { Page } from '../page.js';
import { signInFailed } from '../sign-in-failed.js';
import { StateMark, type StateDrawing } from '../state-mark.js';
import type { CodePageView } from './code-view.js';
import type { CodeCopy } from './copy.js';

export type CodeRefusal = keyof CodeCopy['refusals'];

const LOOK_AGAIN_SECONDS = 10;

/** Inside a wallet that is taken: the amount and one button. */
export function walletPage(view: CodePageView, options: { refusal?: CodeRefusal; formOrigins?: string[] }): Page {
  const { words, method, provider } = view;
  const wallet = provider === 'wechat_pay' || provider === 'alipay' ? provider : undefined;
  return {
    ...frame(view, statusOf(options.refusal), [
      <Order view={view} />,
      wallet !== undefined && (
        <p class="with muted small">
          <MethodMark method={{ id: wallet, kind: 'wallet' }} />
          {words.payWith[wallet]}
        </p>
      ),
      <Notice view={view} refusal={options.refusal} />,
      <PayForm view={view}>
        <input type="hidden" name="method" value={method.id} />
      </PayForm>,
    ]),
    ...(options.formOrigins !== undefined && { formOrigins: options.formOrigins }),
  };
}

/** In any other browser: the app's own options there. */
export function optionsPage(view: CodePageView, shown: MethodList['shown'], refusal?: CodeRefusal): Page {
  const { words } = view;
  return frame(view, statusOf(refusal), [
    <Order view={view} />,
    <Notice view={view} refusal={refusal} />,
    shown.length > 0 ? (
      <PayForm view={view}>
        <OptionRows copy={view.copy} language={view.visitor.language} list={{ shown }} />
      </PayForm>
    ) : (
      <section class="state" id="state">
        <h2>{view.copy.noOptions.title}</h2>
        <p class="muted">{words.untaken.none}</p>
      </section>
    ),
  ]);
}

/** What stands against the wallet that scanned, and every other way there is. */
export interface Untaken {
  readonly reason: RefusalWords;
  readonly shown: MethodList['shown'];
  /** Wallets that may scan this code. */
  readonly taken: readonly string[];
}

export function untakenPage(view: CodePageView, { reason, shown, taken }: Untaken, status: number): Page {
  const { words, app, visitor, provider = '', url } = view;
  const { untaken, wallets } = words;
  const wallet = wallets[provider] ?? words.thisWallet;
  const others = taken.filter((it) => it !== provider).map((it) => wallets[it] ?? it);
  const why = isReason(untaken, reason) ? reason : reason === 'identity' ? 'environment' : 'notOffered';
  return {
    ...frame(view, status, [
      <Order view={view} />,
      <section class="state" id="state" role="status">
        <StateMark drawing="wallet" />
        <h2>{untaken.title(wallet)}</h2>
        <p class="muted">{untaken.reasons[why](app.name[visitor.language], wallet)}</p>
        {others.length > 0 && (
          <p id="scan-with">
            <strong>{untaken.scanWith(others.join(words.and))}</strong>
          </p>
        )}
      </section>,
      shown.length > 0 ? (
        <>
          <p class="muted small centred">{untaken.or}</p>
          <PayForm view={view}>
            <OptionRows copy={view.copy} language={view.visitor.language} list={{ shown }} />
          </PayForm>
        </>
      ) : (
        <div class="pass-on">
          <p class="muted small centred">{untaken.orCopy}</p>
          <CopyField url={url} language={visitor.language} />
        </div>
      ),
    ]),
    scripts: ['cashier.js', 'share.js'],
  };
}

const isReason = (untaken: CodeCopy['untaken'], it: string): it is keyof CodeCopy['untaken']['reasons'] =>
  Object.hasOwn(untaken.reasons, it);

/** This scanner is in the middle of it. */
export async function tryPage(
  view: CodePageView & { readonly attempt: Attempt },
  panel: Pick<PanelProps, 'title' | 'eager' | 'phoneHref'>,
): Promise<Page> {
  const { attempt } = view;
  // A wallet's browser has one way; elsewhere the list is one step back.
  const onlyWay = view.provider !== undefined || view.found.state !== 'alive';
  const props = { ...panel, view: { ...view, onlyWay }, attempt };
  return {
    ...frame(view, 200, [<Order view={view} />, await attemptPanel(props, !onlyWay)]),
    ...licenceOf({ attempt }),
    refreshSeconds: LOOK_AGAIN_SECONDS,
  };
}

export function signInFailedPage(view: CodePageView): Page {
  const { words, path, visitor } = view;
  return frame(view, 403, signInFailed(words.signIn, path + visitor.query));
}

type Ending = keyof CodeCopy['ended'];

const DRAWINGS = {
  mine: 'done',
  paid: 'done',
  canceled: 'closed',
  expired: 'clock',
  replaced: 'clock',
} as const satisfies Record<Ending, StateDrawing>;

/** The code is dead: what became of it, of this scanner's money, and what to do. */
export function endedPage(view: CodePageView, title: string | undefined): Page {
  const { words, found, visitor } = view;
  const { payment, captures } = found.record;
  const mine = captures.filter(({ attemptId }) => view.tries.some(({ id }) => id === attemptId));
  const ending = endingOf(view);
  return frame(view, 410, [
    <section class="state" id="state" role="status">
      <StateMark drawing={DRAWINGS[ending]} good={ending === 'mine'} />
      <h1>{words.ended[ending].title}</h1>
      {ending === 'mine' && <Amount money={payment.amount} language={visitor.language} />}
      <p class="muted">{words.ended[ending].text}</p>
      {mine.length > 0 && ending !== 'mine' && (
        <p class="standing" id="returned">
          {words.returned}
        </p>
      )}
      {mine.length === 0 && ending !== 'paid' && view.tries.length > 0 && <p class="muted small">{words.late}</p>}
    </section>,
    ending === 'mine' && (
      <dl class="facts" id="facts">
        <Fact name={words.facts.goods}>{payment.description}</Fact>
        {title !== undefined && <Fact name={words.facts.method}>{title}</Fact>}
        {payment.paidAt !== undefined && (
          <Fact name={words.facts.paidAt}>
            <Moment at={payment.paidAt} language={visitor.language} />
          </Fact>
        )}
      </dl>
    ),
  ]);
}

function endingOf({ found, tries }: CodePageView): Ending {
  const { payment } = found.record;
  if (payment.status === 'paid') return tries.some(({ id }) => id === payment.paidWith) ? 'mine' : 'paid';
  return found.state === 'alive' ? 'expired' : found.state;
}

function statusOf(refusal: CodeRefusal | undefined): number {
  if (refusal === undefined) return 200;
  if (refusal === 'choose') return 400;
  return refusal === 'unavailable' ? 503 : 409;
}

function frame(view: CodePageView, status: number, children: Child[]): Page {
  const { app, words, visitor, path, live } = view;
  return {
    status,
    path,
    language: visitor.language,
    title: words.title(app.name[visitor.language]),
    brand: app.branding.color,
    scripts: ['cashier.js'],
    body: (
      <main
        class="card"
        id="cashier"
        data-path={path}
        data-query={visitor.query}
        data-status={live.status}
        data-attempt={live.attempt ?? undefined}
      >
        <AppHead app={app} language={visitor.language} />
        {children}
        <p class="aside" id="news" role="status" data-changed={view.copy.changed}></p>
      </main>
    ),
  };
}

function Order({ view: { app, words, found, visitor } }: { view: CodePageView }) {
  const { description, amount } = found.record.payment;
  return (
    <section class="order" id="order">
      <h1 class="aside">{words.title(app.name[visitor.language])}</h1>
      <p class="description" id="description">
        {description}
      </p>
      <Amount money={amount} language={visitor.language} />
    </section>
  );
}

function Notice({ view: { words }, refusal }: { view: CodePageView; refusal: CodeRefusal | undefined }) {
  if (refusal === undefined) return null;
  return (
    <section class="notice" id="refusal" role="alert">
      <h2>{words.refused}</h2>
      <p>{words.refusals[refusal]}</p>
    </section>
  );
}

function PayForm({ view, children }: { view: CodePageView; children?: Child }) {
  const { words, path, visitor, found, now } = view;
  const { amount } = found.record.payment;
  return (
    <form class="pay-form" id="pay" method="post" action={`${path}/pay${visitor.query}`}>
      {children}
      <div class="actions" id="state">
        <p
          class="time-left"
          id="time-left"
          data-until={found.code.expiresAt.toISOString()}
          data-now={now.toISOString()}
          data-text={words.timeLeftPattern}
          hidden
        ></p>
        <button class="button" id="pay-button">
          {words.pay(moneyText(amount, visitor.language))}
        </button>
      </div>
    </form>
  );
}

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
