import type { Reader } from '../reader.js';
import type { Shop } from '../shops/shop.js';
import { Page } from './page.js';
import { wordsIn } from './texts.js';

export interface MessagePageProps {
  readonly reader: Reader;
  readonly shop?: Shop | undefined;
  readonly title: string;
  readonly text: string;
  readonly requestId?: string | undefined;
  /** The order that it is about. */
  readonly orderUrl?: string | undefined;
}

/** One calm page for whatever did not go on, with where to go next. */
export function MessagePage({ reader, shop, title, text, requestId, orderUrl }: MessagePageProps) {
  const words = wordsIn(reader.lang);
  return (
    <Page reader={reader} shop={shop} title={title} narrow>
      <section class="card message">
        <h1>{title}</h1>
        <p>{text}</p>
        {requestId && (
          <p class="quiet">
            {words.requestId} <span class="id">{requestId}</span>
          </p>
        )}
        <p class="links">
          {orderUrl && <a href={orderUrl}>{words.toOrder}</a>}
          <a href={shop === undefined ? '/' : `/${shop.app}`}>
            {shop === undefined ? words.backToStreet : words.backToShop}
          </a>
        </p>
      </section>
    </Page>
  );
}
