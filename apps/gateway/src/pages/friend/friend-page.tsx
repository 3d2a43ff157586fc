import type { Child } from 'hono/jsx';
import type { Attempt } from '@hutong/payment-core';
import { AppHead } from '../app-head.js';
import { attemptPanel, licenceOf } from '../cashier/cashier-page.js';
import type { PanelProps } from '../cashier/attempt-panels.js';
import type { CopyFor } from '../links/copy-address.js';
import { copyAddressPage } from '../links/link-pages.js';
import { MethodMark } from '../method-mark.js';
import { Moment } from '../moment.js';
import { Amount, moneyText } from '../money-text.js';
import type { Page } from '../page.js';
import { signInFailed } from '../sign-in-failed.js';
import { StateMark, type StateDrawing } from '../state-mark.js';
import type { FriendCopy } from './copy.js';
import type { FriendPageView } from './friend-view.js';

export type FriendRefusal = keyof FriendCopy['refusals'];

/** Without JavaScript a page that waits for something looks again by itself. */
const LOOK_AGAIN_SECONDS = 10;

/** Who asks, what for, how much, how long, and the one button. */
export function requestPage(view: FriendPageView, options: { refusal?: FriendRefusal; formOrigins?: string[] }): Page {
  const { words, seen, visitor, path } = view;
  const status = options.refusal === undefined ? 200 : options.refusal === 'unavailable' ? 503 : 409;
  return {
    ...frame(view, status, [
      <Asked view={view} />,
      options.refusal !== undefined && (
        <section class="notice" id="refusal" role="alert">
          <h2>{words.refused}</h2>
          <p>{words.refusals[options.refusal]}</p>
        </section>
      ),
      <form class="pay-form" id="pay" method="post" action={`${path}/pay${visitor.query}`}>
        <div class="actions" id="state">
          <TimeLeft view={view} until={seen.expiresAt} pattern={words.timeLeftPattern} />
          <button class="button" id="pay-button">
            {words.pay(moneyText(seen.amount, visitor.language))}
          </button>
          <p class="muted small">{words.refunds}</p>
        </div>
      </form>,
    ]),
    ...(options.formOrigins !== undefined && { formOrigins: options.formOrigins }),
  };
}

/** This friend is in the middle of it. */
export async function tryPage(
  view: FriendPageView & { readonly attempt: Attempt },
  panel: Pick<PanelProps, 'title' | 'eager' | 'phoneHref'>,
): Promise<Page> {
  const { attempt, words } = view;
  return {
    ...frame(view, 200, [
      <Asked view={view} brief />,
      await attemptPanel({ ...panel, view, attempt }, false),
      <p class="muted small centred">{words.refunds}</p>,
    ]),
    ...licenceOf({ attempt }),
    refreshSeconds: LOOK_AGAIN_SECONDS,
  };
}

/** Somebody else has it; once their time is out, this friend may. */
export function heldPage(view: FriendPageView, until: Date): Page {
  const { words, visitor, path } = view;
  const time = new Intl.DateTimeFormat(visitor.language, { timeStyle: 'medium', timeZone: 'Asia/Shanghai' });
  return {
    ...frame(view, 200, [
      <Asked view={view} />,
      <section class="state" id="state" role="status">
        <StateMark drawing="clock" />
        <h2>{words.held.title}</h2>
        <p class="muted">{words.held.text(time.format(until))}</p>
        <TimeLeft view={view} until={until} pattern={words.held.waitPattern} />
      </section>,
      <div class="actions">
        <a class="button plain" id="look-again" href={path + visitor.query}>
          {words.held.again}
        </a>
      </div>,
    ]),
    refreshSeconds: LOOK_AGAIN_SECONDS,
  };
}

/** The wallet does not open here: where it does. */
export function elsewherePage({ seen, visitor, path, url, words, method }: FriendPageView, status: number): Page {
  const goal = goalOf(method.providers);
  return copyAddressPage(
    { app: seen.app, visitor, path, url },
    goal,
    status,
    words.elsewhere[goal === 'browser' ? 'any' : goal],
  );
}

export function signInFailedPage(view: FriendPageView): Page {
  const { words, path, visitor } = view;
  return frame(view, 403, signInFailed(words.signIn, path + visitor.query));
}

type Ending = keyof FriendCopy['ended'];

const DRAWINGS = {
  mine: 'done',
  paid: 'done',
  canceled: 'closed',
  expired: 'clock',
} as const satisfies Record<Ending, StateDrawing>;

/** Nobody can pay by this link any more: what became of it, and of this friend's money. */
export function endedPage(view: FriendPageView): Page {
  const { seen, words, visitor, method, paidAt } = view;
  const ending = endingOf(view);
  const { title, text } = words.ended[ending];
  return frame(view, 410, [
    <section class="state" id="state" role="status">
      <StateMark drawing={DRAWINGS[ending]} good={ending === 'mine'} />
      <h1>{title}</h1>
      {ending === 'mine' && <Amount money={seen.amount} language={visitor.language} />}
      <p class="muted">{text}</p>
      {seen.myMoney === 'returned' && (
        <p class="standing" id="returned">
          {words.returned}
        </p>
      )}
      {seen.myMoney === undefined && ending !== 'paid' && <p class="muted small">{words.late}</p>}
    </section>,
    ending === 'mine' && (
      <dl class="facts" id="facts">
        <Fact name={words.facts.goods}>{seen.description}</Fact>
        <Fact name={words.facts.method}>{method.title[visitor.language]}</Fact>
        {paidAt !== undefined && (
          <Fact name={words.facts.paidAt}>
            <Moment at={paidAt} language={visitor.language} />
          </Fact>
        )}
      </dl>
    ),
  ]);
}

function endingOf({ seen }: FriendPageView): Ending {
  if (seen.myMoney === 'accepted') return 'mine';
  return seen.status === 'canceled' || seen.status === 'expired' ? seen.status : 'paid';
}

function frame(view: FriendPageView, status: number, children: Child[]): Page {
  const { seen, words, visitor, path, live } = view;
  const app = seen.app.name[visitor.language];
  return {
    status,
    path,
    language: visitor.language,
    title: words.title(app),
    brand: seen.app.branding.color,
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
        <AppHead app={seen.app} language={visitor.language} />
        {children}
        <p class="aside" id="news" role="status" data-changed={view.copy.changed}></p>
      </main>
    ),
  };
}

/** @param brief beside a panel that says what to do */
function Asked({ view, brief = false }: { view: FriendPageView; brief?: boolean }) {
  const { seen, words, visitor, method } = view;
  return (
    <section class="order" id="order">
      <h1 class={brief ? 'aside' : 'asks'}>{words.asks(seen.app.name[visitor.language])}</h1>
      {seen.message !== undefined && !brief && (
        <blockquote class="said" id="message" aria-label={words.message}>
          {seen.message}
        </blockquote>
      )}
      <p class="description" id="description">
        {seen.description}
      </p>
      <Amount money={seen.amount} language={visitor.language} />
      {!brief && (
        <p class="with muted small">
          <MethodMark method={{ id: method.id.replace('_friend_pay', ''), kind: 'wallet' }} />
          {words.payWith[walletOf(method.providers)]}
        </p>
      )}
      {!brief && (
        <p class="muted small">
          {words.until} <Moment at={seen.expiresAt} language={visitor.language} />
        </p>
      )}
    </section>
  );
}

function TimeLeft({ view, until, pattern }: { view: FriendPageView; until: Date; pattern: string }) {
  return (
    <p
      class="time-left"
      id="time-left"
      data-until={until.toISOString()}
      data-now={view.now.toISOString()}
      data-text={pattern}
      hidden
    ></p>
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

function walletOf([provider, another]: readonly string[]): 'wechat_pay' | 'alipay' | 'any' {
  return another === undefined && (provider === 'wechat_pay' || provider === 'alipay') ? provider : 'any';
}

function goalOf(providers: readonly string[]): CopyFor {
  const wallet = walletOf(providers);
  return wallet === 'any' ? 'browser' : wallet;
}
