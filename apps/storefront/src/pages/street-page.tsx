import type { Reader } from '../reader.js';
import { SHOPS } from '../shops/shops.js';
import { Mark, Page } from './page.js';
import { wordsIn } from './texts.js';

/** Every shop, with one line of what it sells and one of how it takes money. */
export function StreetPage({ reader }: { readonly reader: Reader }) {
  const { lang } = reader;
  const words = wordsIn(lang);
  return (
    <Page reader={reader} title={words.street}>
      <h1>{words.street}</h1>
      <p class="quiet lead">{words.streetIntro}</p>
      <ul class="shops">
        {SHOPS.map((shop) => (
          <li>
            <a class="card shop" href={`/${shop.app}`}>
              <Mark shop={shop} />
              <span class="about">
                <strong>{shop.name[lang]}</strong>
                <span>{shop.sells[lang]}</span>
                <small class="quiet">{shop.story[lang]}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}
