import type { Attempt } from '@hutong/payment-core';
import { QrCode } from '../qr-code.js';
import type { PanelView } from './attempt-panels.js';
import { secondsUntil, spanText } from './clock-text.js';
import { checkHref, chooseHref } from './links.js';

/** A code with its quiet zone, who can scan it, and how long. `drawing` is undefined once it can't be paid: then there is none. */
export function ScanPanel({
  view,
  attempt,
  drawing,
  alone,
}: {
  view: PanelView;
  attempt: Attempt;
  drawing: string | undefined;
  /** Without the list beside it. */
  alone: boolean;
}) {
  const { copy, path, visitor } = view;
  return (
    <section class="panel" id="scan" aria-labelledby="scan-title">
      <h2 id="scan-title">{copy.scan.title}</h2>
      <div class="code">
        {drawing === undefined ? <div class="qr gone"></div> : <QrCode drawing={drawing} label={copy.scan.label} />}
        <form
          class="renew"
          id="renew"
          method="post"
          action={`${path}/pay${visitor.query}`}
          hidden={drawing !== undefined}
        >
          <input type="hidden" name="method" value={attempt.method} />
          <button class="button">{copy.scan.renew}</button>
        </form>
      </div>
      <p class="muted small">{scanHint(view, attempt)}</p>
      {drawing === undefined ? <p role="status">{copy.scan.gone}</p> : <Countdown view={view} attempt={attempt} />}
      <a class="quiet" id="check" href={checkHref(view)}>
        {copy.checkAgain}
      </a>
      {alone && (
        <a class="quiet" id="other-method" href={chooseHref(view)}>
          {copy.otherMethod}
        </a>
      )}
    </section>
  );
}

function scanHint({ copy }: PanelView, { method, provider }: Attempt): string {
  if (method === 'one_code') return copy.scan.any;
  if (provider === 'wechat_pay' || provider === 'alipay') return copy.scan[provider];
  return copy.scan.any;
}

function Countdown({ view: { copy, now }, attempt }: { view: PanelView; attempt: Attempt }) {
  const { createdAt, nextAction, expiresAt } = attempt;
  const until = nextAction?.expiresAt ?? expiresAt;
  const total = Math.max(1, secondsUntil(until, createdAt));
  const left = secondsUntil(until, now);
  return (
    <p
      class="clock"
      id="code-clock"
      role="timer"
      data-until={until.toISOString()}
      data-now={now.toISOString()}
      data-total={String(total)}
      data-gone={copy.scan.gone}
      data-minutes={copy.scan.minutes}
    >
      <svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" />
        <circle
          class="left"
          cx="10"
          cy="10"
          r="8"
          pathLength="100"
          stroke-dasharray="100"
          stroke-dashoffset={String(100 - Math.round((100 * left) / total))}
        />
      </svg>
      <span>
        {copy.scan.validFor} <span id="code-left">{spanText(left, copy.scan.minutes)}</span>
      </span>
    </p>
  );
}
