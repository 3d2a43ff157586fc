import { html, type Markup } from '../frame/html.js';
import type { Screen } from './shell.js';
import type { Visit } from './visit.js';

/** What the browsers inside the two wallets call themselves, as far as pages look. */
const BROWSERS = [
  ['微信', 'WeChat', `${mobile()} MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN`],
  ['支付宝', 'Alipay', `${mobile()} AlipayClient/10.6.50 Language/zh-Hans`],
] as const;

/** A web page rather than a code: a page can't change what its browser is called, so this one says what to do. */
export function foreignScreen(address: string, visit: Visit): Screen {
  const { say, payer } = visit;
  const content = html`<h2>${say('这是一个网页', 'This is a web page')}</h2>
    <p>
      ${say('不是任何钱包的码。真手机会在扫它的钱包里打开；这里可以用你的浏览器打开：', "It is no wallet's code. A real phone would open it inside the wallet that scanned it; here your browser can:")}
    </p>
    <p class="note"><code>${address}</code></p>
    <a class="button" href="${address}" rel="noreferrer">${say('用浏览器打开', 'Open in this browser')}</a>
    <h3>${say('要当作在钱包里打开', 'To open it as inside a wallet')}</h3>
    <p class="quiet">
      ${say('网页改不了浏览器的 User-Agent：请在开发者工具（网络状况）里换成下面之一，再打开。', "No page can change the browser's user agent: set one of these in the developer tools (Network conditions), then open it.")}
    </p>
    ${BROWSERS.map(([zh, en, agent], index) => agentField(say(zh, en), agent, index))}
    <p class="note">
      ${say(`网页请微信或支付宝登录时，就是 ${payer}。`, `Where that page asks WeChat or Alipay who you are, you are ${payer}.`)}
    </p>`;
  return { title: say('网页', 'Web page'), tab: 'scan', content };
}

function agentField(name: string, agent: string, index: number): Markup {
  return html`<label for="agent-${index}">${name}</label
    ><textarea id="agent-${index}" readonly rows="5" spellcheck="false">${agent}</textarea>`;
}

function mobile(): string {
  return 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
}
