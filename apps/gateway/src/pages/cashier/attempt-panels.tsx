import type { Attempt } from '@hutong/payment-core';
import type { InvokeSdk, Redirect } from '@hutong/payment-port';
import type { Child } from 'hono/jsx';
import { StateMark, type StateDrawing } from '../state-mark.js';
import type { CashierView } from './cashier-view.js';
import { checkHref, chooseHref } from './links.js';

/** What a panel draws from, on whichever page it stands. */
export interface PanelView extends Pick<CashierView, 'copy' | 'path' | 'visitor' | 'now'> {
  /** There is nothing else to choose here. */
  readonly onlyWay?: boolean;
}

export interface PanelProps {
  readonly view: PanelView;
  readonly attempt: Attempt;
  /** The method's name. */
  readonly title: string;
  /** The payer pressed the button just now: go on without another press. */
  readonly eager: boolean;
  /** The sandbox's phone with this try in its hand; undefined in production. */
  readonly phoneHref: string | undefined;
}

/** Leads to the wallet's page. The form of the list can't be redirected there: browsers hold a form's redirects to `form-action`. */
export function GoOn({ view, title, eager, action }: PanelProps & { readonly action: Redirect }) {
  const { goOn } = view.copy;
  return (
    <Waiting view={view} title={goOn.title} text={goOn.text(title)} drawing="arrow">
      {action.form === undefined ? (
        <a class="button" id="go-on" href={action.url} data-eager={eager ? 'true' : undefined}>
          {goOn.button}
        </a>
      ) : (
        <form id="go-on" method="post" action={action.url} data-eager={eager ? 'true' : undefined}>
          {Object.entries(action.form).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="button">{goOn.button}</button>
        </form>
      )}
      <p class="muted small">{goOn.after}</p>
    </Waiting>
  );
}

/** Hands the payment to the wallet's SDK through whichever bridge the browser has. */
export function HandOver({ view, title, eager, phoneHref, action }: PanelProps & { readonly action: InvokeSdk }) {
  const { handOver } = view.copy;
  return (
    <Waiting view={view} title={handOver.title(title)} text={handOver.text} drawing="wallet">
      <button
        class="button"
        type="button"
        id="hand-over"
        data-sdk={action.sdk}
        data-params={JSON.stringify(action.params)}
        data-check={checkHref(view)}
        data-eager={eager ? 'true' : undefined}
      >
        {handOver.button}
      </button>
      <p class="notice" id="no-bridge" role="status" hidden>
        {handOver.noBridge}
      </p>
      <p class="notice" id="canceled" role="status" hidden>
        {handOver.canceled}
      </p>
      {phoneHref !== undefined && (
        <>
          <a class="button plain" id="sandbox-phone" href={phoneHref} hidden>
            {handOver.sandbox}
          </a>
          <noscript>
            <a class="button plain" href={phoneHref}>
              {handOver.sandbox}
            </a>
          </noscript>
        </>
      )}
    </Waiting>
  );
}

export interface WaitingProps {
  readonly view: PanelView;
  readonly title: string;
  readonly text: string;
  readonly drawing: StateDrawing;
  readonly children?: Child;
}

/** Something is under way elsewhere; the page changes by itself when it is over. */
export function Waiting({ view, title, text, drawing, children }: WaitingProps) {
  const { copy } = view;
  return (
    <>
      <section class="state" id="state">
        <StateMark drawing={drawing} />
        <h2>{title}</h2>
        <p class="muted">{text}</p>
      </section>
      <div class="actions">
        {children}
        <a class="quiet" id="check" href={checkHref(view)}>
          {copy.checkAgain}
        </a>
        {view.onlyWay !== true && (
          <a class="quiet" id="other-method" href={chooseHref(view)}>
            {copy.otherMethod}
          </a>
        )}
      </div>
    </>
  );
}
