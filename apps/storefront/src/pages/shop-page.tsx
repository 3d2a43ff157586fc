import type { Reader } from '../reader.js';
import { DRAWINGS, type Drawing } from '../shops/drawing.js';
import type { Good, Shop } from '../shops/shop.js';
import { Amount, Mark, Page } from './page.js';
import { wordsIn } from './texts.js';

/** Three goods, each bought with one click. */
export function ShopPage({ reader, shop }: { readonly reader: Reader; readonly shop: Shop }) {
  const { lang } = reader;
  return (
    <Page reader={reader} title={shop.name[lang]} shop={shop}>
      <ShopHead shop={shop} reader={reader} />
      <ul class="goods">
        {shop.goods.map((good) => (
          <li class="card good">
            <Picture drawing={good.drawing} />
            <h2>{good.name[lang]}</h2>
            <Amount fen={good.price} />
            <BuyForm shop={shop} good={good} reader={reader} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function BuyForm({ shop, good, reader: { lang } }: { shop: Shop; good: Good; reader: Reader }) {
  return (
    <form method="post" action={`/${shop.app}/orders`}>
      <input type="hidden" name="good" value={good.id} />
      <button class="primary" aria-label={`${wordsIn(lang).buy}: ${good.name[lang]}`}>
        {wordsIn(lang).buy}
      </button>
    </form>
  );
}

export function ShopHead({ shop, reader: { lang } }: { readonly shop: Shop; readonly reader: Reader }) {
  return (
    <div class="head">
      <Mark shop={shop} />
      <div>
        <h1>{shop.name[lang]}</h1>
        <p class="quiet">{shop.story[lang]}</p>
      </div>
    </div>
  );
}

export function Picture({ drawing }: { readonly drawing: Drawing }) {
  const { filled, strokes } = DRAWINGS[drawing];
  return (
    <svg class="picture" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path class="filled" d={filled} />
      <path class="strokes" d={strokes} />
    </svg>
  );
}
