import type { Money } from '@hutong/payment-port';
import type { Language } from '../http/language.js';

/** `¥12.99`: both decimals always, grouped as the language groups. */
export function moneyText(money: Money, language: Language): string {
  return formatOf(money, language).format(money.amount / 100);
}

/** The amount as the one big thing of a page, its sign smaller and raised. */
export function Amount({ money, language }: { money: Money; language: Language }) {
  const parts = formatOf(money, language).formatToParts(money.amount / 100);
  return (
    <p class="amount" id="amount">
      {parts.map(({ type, value }) => (type === 'currency' ? <span class="sign">{value}</span> : value))}
    </p>
  );
}

function formatOf({ currency }: Money, language: Language): Intl.NumberFormat {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}
