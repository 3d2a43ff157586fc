import { placeNamed } from './booked-trade.js';
import { ControlError } from './control-error.js';
import type { Payers } from './payers.js';
import type { Provider } from './provider.js';
import type { SandboxClock } from './sandbox-clock.js';
import type { Trade } from './trade.js';
import { TradeBook } from './trade-book.js';

/** The trades of all wires, for the control surface; a wire works on its own book. */
export class Trades {
  private readonly books = new Map<Provider, TradeBook>();

  constructor(
    private readonly payers: Payers,
    private readonly clock: SandboxClock,
  ) {}

  /** The wire's own book, made at first asking; ask once per wire, with its bag types. */
  book<Bag, RefundBag = unknown>(provider: Provider): TradeBook<Bag, RefundBag> {
    const book = new TradeBook<Bag, RefundBag>(provider, this.payers, this.clock);
    this.books.set(provider, book as unknown as TradeBook);
    return book;
  }

  /** The book that a wire has made. @throws Error when it has made none */
  bookOf(provider: Provider): TradeBook {
    const book = this.books.get(provider);
    if (book === undefined) throw new Error(`${provider} keeps no book.`);
    return book;
  }

  /** `reference` is an order's own number, or that of the batch it is paid with. */
  list(filter: { readonly provider?: string; readonly reference?: string } = {}): readonly Trade[] {
    return [...this.books.values()]
      .flatMap((book) => book.all())
      .filter((trade) => filter.provider === undefined || trade.provider === filter.provider)
      .filter(({ reference, batch }) => {
        const { reference: wanted } = filter;
        return wanted === undefined || reference === wanted || batch?.reference === wanted;
      });
  }

  /** @throws ControlError 404 */
  byId(id: string): Trade {
    const place = placeNamed(id);
    const book = [...this.books.values()].find(({ token }) => token === place?.token);
    const found = place && book?.at(place.index);
    if (found === undefined) throw new ControlError(404, `No trade ${id}. GET /__sandbox/trades lists them.`);
    return found;
  }
}
