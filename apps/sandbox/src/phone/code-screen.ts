import { html } from '../frame/html.js';
import type { Provider } from '../frame/provider.js';
import { walletMark, walletName } from './faces.js';
import { qrDrawing } from './qr-drawing.js';
import type { Screen } from './shell.js';
import type { Visit } from './visit.js';

/** How long a phone shows one code. */
export const CODE_LIVES_S = 60;

export interface CodeParts {
  readonly provider: Provider;
  /** The wallets whose users show codes. */
  readonly others: readonly Provider[];
  readonly code: string;
  /** ms since 1970 on the sandbox's clock: charges from here on are this code's. */
  readonly shownAt: number;
}

/** The code for a till's scanner, good once and for a minute; the till's charge leads on from here. */
export function codeScreen({ provider, others, code, shownAt }: CodeParts, visit: Visit): Screen {
  const { say, payer } = visit;
  const till = `/phone/till?wallet=${provider}&since=${shownAt}`;
  const address = `/phone/code?wallet=${provider}`;
  const choice = others.map(
    (one) =>
      html`<a
        class="${one}"
        href="/phone/code?wallet=${one}"
        ${one === provider ? html`aria-current="page"` : undefined}
        >${walletMark(one)}${walletName(one, say)}</a
      >`,
  );
  const content = html`<h2>${say('付款码', 'Payment code')}</h2>
    <nav class="choice" aria-label="${say('钱包', 'Wallet')}">${choice}</nav>
    <section data-till="${till}">
      <p class="quiet what">${say(`${payer} 向商家出示，扫码枪扫这里`, `${payer} shows this to the till's scanner`)}</p>
      ${qrDrawing(code, say('付款码', 'Payment code'))}
      <p class="digits">${code.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}</p>
      <p
        class="quiet what"
        data-seconds="${CODE_LIVES_S}"
        data-words="${say('# 秒后失效，只能用一次', 'good for # s, and once')}"
        data-over="${say('已失效', 'expired')}"
      >
        ${say('一分钟内有效，只能用一次', 'good for a minute, and once')}
      </p>
    </section>
    <a class="button" href="${address}">${say('换一个', 'New code')}</a>
    <a class="button second" href="${till}">${say('商家扫过了？看看', 'Has the till charged? Look')}</a>
    <p class="note">
      ${say('要付款码的接口：微信 codepay、支付宝 alipay.trade.pay（bar_code）。超过 ¥1,000 会在这里要密码。', "Calls that take it: WeChat's codepay, alipay.trade.pay (bar_code). Above ¥1,000 the password is asked for here.")}
    </p>`;
  return { title: say('付款码', 'Payment code'), tab: 'code', content };
}
