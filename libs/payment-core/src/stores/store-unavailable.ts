/**
 * The database is away, or too slow to answer in time. Whether a write of this call took effect is not known: the same
 * request may be sent again, with the same number.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';

  constructor(cause: unknown) {
    super('The database does not answer right now.', { cause });
  }
}
