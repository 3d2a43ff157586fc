import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import type { PayerId } from '../frame/phone-side.js';
import type { PayerWallet } from '../frame/payers.js';
import type { Provider } from '../frame/provider.js';
import type { Trade } from '../frame/trade.js';
import type { ConnectedWire } from '../frame/wire.js';

const DEFAULT_NAMES = ['payer-1', 'payer-2', 'payer-3'];
/** A load test makes thousands; nobody chooses from a list of them. */
const MOST_SHOWN = 50;
const NEW_NAME = /^[0-9A-Za-z_-]{1,32}$/;
const MOST_BALANCE_FEN = 100_000_000;

/** Somebody, and what is in their wallets so far. */
export interface Person {
  readonly name: string;
  readonly wallets: readonly PayerWallet[];
}

/** The sandbox's wallet users as one phone sees them: people with a name, and ids that came without one. */
export class People {
  constructor(
    private readonly payers: Frame['payers'],
    private readonly wires: readonly ConnectedWire[],
  ) {}

  /** The defaults first, then whoever came by name. */
  named(): readonly Person[] {
    const names = new Set([...DEFAULT_NAMES, ...this.wires.flatMap(({ phone }) => phone.names())]);
    return [...names].slice(0, MOST_SHOWN).map((name) => this.person(name));
  }

  /** Wallets of nobody that `named` lists, the newest of them first. */
  nameless(): readonly PayerWallet[] {
    const theirs = new Set(this.named().flatMap(({ wallets }) => wallets));
    const others = this.payers.all().filter((wallet) => !theirs.has(wallet));
    return others.slice(-MOST_SHOWN).toReversed();
  }

  person(name: string): Person {
    const wallets = this.wires.flatMap(({ provider, phone }) =>
      phone.idsOf(name).flatMap(({ id }) => this.payers.known(provider, id) ?? []),
    );
    return { name, wallets };
  }

  /** Who pays this trade on `payer`'s phone: whoever the order names, else they themselves. */
  payerOf(trade: Trade, payer: string): PayerId {
    const { phone } = this.wireOf(trade.provider);
    const bound = phone.boundTo(trade);
    return bound === undefined ? phone.idFor(trade, payer) : { id: bound };
  }

  /** Their money; undefined before their wallet's first use. */
  walletOf(trade: Trade, payer: string): PayerWallet | undefined {
    return this.payers.known(trade.provider, this.payerOf(trade, payer).id);
  }

  /** A new person with that much, in fen, in each of their wallets. @throws ControlError 400, 409 */
  create(name: string, balanceFen: number): void {
    if (!NEW_NAME.test(name)) throw new ControlError(400, 'A name has 1 to 32 letters, digits, - and _.');
    if (!(balanceFen >= 0 && balanceFen <= MOST_BALANCE_FEN))
      throw new ControlError(400, 'A balance is ¥0.00 to ¥1000000.00, with at most two decimals.');
    const known = this.named().some((person) => person.name === name) || this.person(name).wallets.length > 0;
    if (known) throw new ControlError(409, `${name} is there already: choose another name.`);
    for (const { provider, phone } of this.wires) {
      for (const { id, audience } of phone.idsOf(name)) this.payers.wallet(provider, id, audience).balance = balanceFen;
    }
  }

  wireOf(provider: Provider): ConnectedWire {
    const wire = this.wires.find((one) => one.provider === provider);
    if (wire === undefined) throw new Error(`No wire ${provider}.`);
    return wire;
  }

  /** The wallets that can show a payer's code. */
  codeShowers(): readonly ConnectedWire[] {
    return this.wires.filter((wire) => wire.payerCode !== undefined);
  }
}
