// @ts-check
/**
 * The cashier in a browser: everything here only hastens what the page does without it. It follows the status, counts clocks
 * down, hands payments to wallets and goes back to the shop. Nothing that a wallet tells this page is believed: it asks our server.
 */

const page = /** @type {HTMLElement} */ (document.getElementById('cashier'));
const { path = '', query = '', status: standing, attempt } = page.dataset;

/** @param {string} id */
const byId = (id) => document.getElementById(id);

/** Which of several clocks is right only the server knows; here only what passes is measured. */
const began = performance.now();

/** @param {HTMLElement} clock @returns {number} seconds */
function secondsLeft(clock) {
  const { until = '', now = '' } = clock.dataset;
  return Math.ceil((Date.parse(until) - Date.parse(now) - (performance.now() - began)) / 1000);
}

/** @param {number} seconds */
const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Read out when the reader's software has nothing else to say. @param {string | undefined} text */
function announce(text) {
  const news = byId('news');
  if (news !== null && text !== undefined) news.textContent = text;
}

let leaving = false;
/** A form is on its way: its answer is newer than anything that is told here, and must not be overtaken. */
let pressed = false;

/** Shows the page as it stands now, once. */
function showAgain() {
  if (leaving || pressed) return;
  leaving = true;
  location.replace(path + query);
}

/* ---- Status: events while they come, else questions that grow rarer. ---- */

/** @param {{ status: string, attempt: string | null }} seen */
function follow(seen) {
  const moved = seen.status !== standing || (shows(attempt) && (seen.attempt ?? undefined) !== attempt);
  if (!moved || leaving) return;
  announce(byId('news')?.dataset.changed);
  setTimeout(showAgain, 300);
}

/** @param {string | undefined} shown a list alone does not change with a try that is made elsewhere */
function shows(shown) {
  return shown !== undefined && (byId('state') !== null || byId('scan') !== null);
}

function listen() {
  const events = new EventSource(`${path}/events`);
  events.addEventListener('message', ({ data }) => follow(JSON.parse(data)));
  events.addEventListener('error', () => {
    events.close();
    ask(2000);
  });
}

let tag = '';

/** @param {number} wait milliseconds */
function ask(wait) {
  setTimeout(async () => {
    if (document.visibilityState === 'visible') await askOnce();
    if (!leaving) ask(Math.min(wait * 1.5, 15000));
  }, wait);
}

async function askOnce() {
  try {
    const answer = await fetch(`${path}/status`, {
      headers: tag === '' ? {} : { 'if-none-match': tag },
      cache: 'no-store',
    });
    if (answer.status !== 200) return;
    tag = answer.headers.get('etag') ?? '';
    follow(await answer.json());
  } catch {
    // Offline: the next question may get through.
  }
}

if (standing === 'open' || standing === 'expired') {
  listen();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void askOnce();
  });
  window.addEventListener('online', () => void askOnce());
}

/* ---- Clocks. ---- */

const LATE_SECONDS = 300;
const timeLeft = byId('time-left');
const codeClock = byId('code-clock');

function tick() {
  if (timeLeft !== null) showTimeLeft(timeLeft);
  if (codeClock !== null) showCodeClock(codeClock);
}

/** @param {HTMLElement} clock */
function showTimeLeft(clock) {
  const seconds = secondsLeft(clock);
  clock.hidden = seconds > LATE_SECONDS;
  clock.textContent = (clock.dataset.text ?? '').replace('{time}', clockText(Math.max(0, seconds)));
  if (seconds <= 0) showAgain();
}

/** @param {HTMLElement} clock */
function showCodeClock(clock) {
  const seconds = secondsLeft(clock);
  const { total = '1', gone = '', minutes = '' } = clock.dataset;
  const text = byId('code-left');
  if (seconds > 0 && text !== null) {
    const words = minutes.replace('{minutes}', String(Math.ceil(seconds / 60)));
    text.textContent = seconds > LATE_SECONDS ? words : clockText(seconds);
    const ring = clock.querySelector('.left');
    ring?.setAttribute('stroke-dashoffset', String(100 - (100 * seconds) / Number(total)));
  } else if (text !== null) {
    clock.textContent = gone;
    takeCodeAway();
    announce(gone);
  }
}

/** A code that can't be paid any more can't be scanned any more. */
function takeCodeAway() {
  document.querySelector('#scan .qr')?.classList.add('gone');
  byId('renew')?.removeAttribute('hidden');
}

if (timeLeft !== null || codeClock !== null) {
  tick();
  setInterval(tick, 1000);
}

/* ---- One press, one try. ---- */

for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    const button = form.querySelector('button');
    if (button?.getAttribute('aria-busy') === 'true') event.preventDefault();
    button?.setAttribute('aria-busy', 'true');
    pressed = true;
  });
}

// A page that the back button brings out of the cache is as old as it was: ask, and let its buttons be pressed again.
window.addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  leaving = false;
  pressed = false;
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
  void askOnce();
});

/* ---- On to the wallet's page, or into its SDK. ---- */

const goOn = byId('go-on');
const handOver = byId('hand-over');
const eager = (goOn ?? handOver)?.dataset.eager === 'true';

// Whoever comes back from the wallet by the back button must not be sent there again.
if (new URLSearchParams(location.search).has('go')) history.replaceState(null, '', path + query);
if (eager && goOn instanceof HTMLAnchorElement) location.assign(goOn.href);
if (eager && goOn instanceof HTMLFormElement) goOn.requestSubmit();

if (handOver !== null) {
  handOver.addEventListener('click', () => invoke(handOver));
  if (eager) invoke(handOver);
}

/** @param {HTMLElement} from */
function invoke(from) {
  const { sdk = '', params = '{}' } = from.dataset;
  for (const id of ['no-bridge', 'canceled']) byId(id)?.setAttribute('hidden', '');
  const given = /** @type {Record<string, string>} */ (JSON.parse(params));
  if (sdk === 'wechat_jsapi') return onceThere('WeixinJSBridge', () => wechatSheet(given));
  if (sdk === 'alipay_jsapi') return onceThere('AlipayJSBridge', () => alipaySheet(given));
  return nativeApp({ type: 'hutong.invoke_sdk', sdk, params: given });
}

/** Bridges arrive some time after the page. @param {string} bridge @param {() => void} then */
function onceThere(bridge, then) {
  if (bridge in window) return then();
  const late = setTimeout(noBridge, 1500);
  document.addEventListener(
    `${bridge}Ready`,
    () => {
      clearTimeout(late);
      then();
    },
    { once: true },
  );
}

/** @param {Record<string, string>} params */
function wechatSheet(params) {
  const bridge = /** @type {any} */ (window)['WeixinJSBridge'];
  bridge.invoke('getBrandWCPayRequest', params, (/** @type {{ err_msg?: string }} */ answer) =>
    sheetClosed(answer.err_msg?.endsWith(':ok') === true),
  );
}

/** @param {Record<string, string>} params */
function alipaySheet(params) {
  const bridge = /** @type {any} */ (window)['AlipayJSBridge'];
  bridge.call('tradePay', { tradeNO: params['trade_no'] }, (/** @type {{ resultCode?: string }} */ answer) =>
    sheetClosed(answer.resultCode === '9000' || answer.resultCode === '8000'),
  );
}

/** @param {unknown} message what the app's own web view is told; see docs/cashier.md */
function nativeApp(message) {
  const { webkit, HutongNative } = /** @type {any} */ (window);
  const handler = webkit?.messageHandlers?.hutong;
  // These are no windows: the app's own objects take one argument.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  if (handler !== undefined) return handler.postMessage(message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  if (HutongNative !== undefined) return HutongNative.postMessage(JSON.stringify(message));
  return noBridge();
}

// The app tells that its wallet's SDK is done, whatever came of it.
window.addEventListener('hutong:returned', () => sheetClosed(true));

/** @param {boolean} perhapsPaid what the sheet says; our server asks the wallet */
function sheetClosed(perhapsPaid) {
  if (perhapsPaid) location.replace(handOver?.dataset.check ?? path);
  else byId('canceled')?.removeAttribute('hidden');
}

function noBridge() {
  byId('no-bridge')?.removeAttribute('hidden');
  byId('sandbox-phone')?.removeAttribute('hidden');
}

/* ---- Back to the shop, unless the payer stays. ---- */

const back = byId('back-to-shop');
const stay = byId('stay');
const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));

if (back?.dataset.after !== undefined && stay !== null && visit?.type !== 'back_forward') {
  goBackIn(Number(back.dataset.after), /** @type {HTMLAnchorElement} */ (back), stay);
}

/** @param {number} seconds @param {HTMLAnchorElement} link @param {HTMLElement} stay */
function goBackIn(seconds, link, stay) {
  const label = link.textContent;
  let left = seconds;
  const say = () => void (link.textContent = (link.dataset.text ?? '').replace('{seconds}', String(left)));
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return say();
    clearInterval(timer);
    return location.assign(link.href);
  }, 1000);
  say();
  stay.hidden = false;
  stay.addEventListener('click', () => {
    clearInterval(timer);
    link.textContent = label;
    stay.hidden = true;
  });
}
