import type { Provider } from './provider.js';

/** ¥10,000, what everybody starts with. */
const FIRST_BALANCE_FEN = 1_000_000;

/** A user of a wallet, with money in it. */
export interface PayerWallet {
  readonly provider: Provider;
  /** The id in the wire's own shape: an openid, a 2088… user id. */
  readonly id: string;
  /** Whom the id was given to (WeChat: the appid); absent where ids are global. */
  readonly audience?: string;
  /** Fen. */
  balance: number;
}

/** An id that was first seen under another appid: openids are per appid. */
export class ForeignPayer extends Error {
  override readonly name = 'ForeignPayer';
}

export class InsufficientFunds extends Error {
  override readonly name = 'InsufficientFunds';
}

/** Wallet users. One that was never seen before is created, with money, on first sight. */
export class Payers {
  private readonly wallets = new Map<string, PayerWallet>();

  /** @throws ForeignPayer when the id belongs to another audience */
  wallet(provider: Provider, id: string, audience?: string): PayerWallet {
    const key = `${provider} ${id}`;
    const known = this.wallets.get(key);
    if (known === undefined) return this.create(key, provider, id, audience);
    if (known.audience !== audience)
      throw new ForeignPayer(`${id} was first seen under ${known.audience ?? 'no app'}.`);
    return known;
  }

  /** @throws InsufficientFunds, then nothing has moved */
  debit(payer: PayerWallet, amountFen: number): void {
    if (payer.balance < amountFen) throw new InsufficientFunds(`${payer.id} has ${payer.balance} fen.`);
    payer.balance -= amountFen;
  }

  credit(payer: PayerWallet, amountFen: number): void {
    payer.balance += amountFen;
  }

  /** Without creating anybody. */
  known(provider: Provider, id: string): PayerWallet | undefined {
    return this.wallets.get(`${provider} ${id}`);
  }

  all(): readonly PayerWallet[] {
    return [...this.wallets.values()];
  }

  restore(wallets: readonly PayerWallet[]): void {
    for (const wallet of wallets) this.wallets.set(`${wallet.provider} ${wallet.id}`, { ...wallet });
  }

  private create(key: string, provider: Provider, id: string, audience: string | undefined): PayerWallet {
    const created = { provider, id, balance: FIRST_BALANCE_FEN, ...(audience === undefined ? {} : { audience }) };
    this.wallets.set(key, created);
    return created;
  }
}
