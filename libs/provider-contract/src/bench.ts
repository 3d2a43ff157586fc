import type {
  Bill,
  BillKind,
  BillLine,
  NextAction,
  PayerIdentity,
  PaymentProvider,
  PrepareRequest,
  Product,
  ProviderDefinition,
  ProviderTools,
  Refunds,
  Signer,
} from '@hutong/payment-port';
import { broken, type Breakage } from './breakage.js';
import type { AccountName, ContractHarness, Forgery, Operation, ProviderWire, Truth, WireCall } from './harness.js';
import { brokenFile, type FileBreakage } from './file-breakage.js';
import { BILL_DATE, NOW, PREPARE, REFUND_REQUEST, TRADE } from './specimens.js';

/** A provider under its promises, with what its spec supplied. */
export interface Subject {
  readonly definition: ProviderDefinition;
  readonly harness: ContractHarness;
}

/** Statuses whose answers have no body by HTTP's own rules. */
const BODILESS = new Set([204, 205, 304]);

/** One connected account whose every call is recorded and answered by the script. */
export class Bench {
  readonly calls: WireCall[] = [];
  readonly provider: PaymentProvider;
  readonly wire: ProviderWire;
  /** What is true at the provider from now on. */
  truth: Truth = { is: 'awaiting_payer', trade: TRADE };
  forgery: Forgery | undefined;
  breakage: Breakage | undefined;
  /** What happens to the file of a statement, which is every call of a reading after the first. */
  fileBreakage: FileBreakage | undefined;
  #billCalls = 0;
  #operation: Operation = 'query';

  constructor(
    readonly subject: Subject,
    account: AccountName = 'first',
    tools: Partial<ProviderTools> = {},
  ) {
    const clock = { now: () => new Date(NOW) };
    const nonce = () => 'n0nce0000000000000000000000000ab';
    this.wire = subject.harness.wire(account, clock);
    this.provider = subject.definition.connect(subject.harness.settings(account), {
      clock,
      nonce,
      fetch: this.#fetch,
      ...tools,
    });
  }

  /** Products whose preparation calls the provider. */
  get callingProducts(): Product[] {
    return this.products.filter((product) => this.subject.harness.products[product]?.calls === true);
  }

  get products(): Product[] {
    return Object.keys(this.provider.payments.prepare) as Product[];
  }

  /** Prepares a product; unless the script says otherwise, the provider takes the order as it was asked for. */
  prepare(product: Product, changes: Partial<PrepareRequest> = {}): Promise<NextAction> {
    const prepare = this.provider.payments.prepare[product];
    if (prepare === undefined) throw new Error(`${this.subject.definition.id} prepares no ${product}.`);
    this.#operation = 'prepare';
    const request = { ...PREPARE, ...this.subject.harness.products[product]?.request, ...changes };
    const { reference, amount } = request;
    if (this.truth.is === 'awaiting_payer')
      this.truth = { is: 'awaiting_payer', trade: { ...TRADE, reference, amount } };
    return prepare(request);
  }

  query(reference = PREPARE.reference): ReturnType<PaymentProvider['payments']['query']> {
    this.#operation = 'query';
    return this.provider.payments.query(reference);
  }

  async close(reference = PREPARE.reference): Promise<string> {
    this.#operation = 'close';
    if (this.provider.payments.close === undefined) throw new Error(`${this.subject.definition.id} closes nothing.`);
    return this.provider.payments.close(reference);
  }

  refund(request = REFUND_REQUEST): ReturnType<Refunds['refund']> {
    this.#operation = 'refund';
    return this.#refunds().refund(request);
  }

  queryRefund(request = REFUND_REQUEST): ReturnType<Refunds['query']> {
    this.#operation = 'refund_query';
    return this.#refunds().query(request);
  }

  async askSigner(): Promise<Signer> {
    this.#operation = 'query';
    if (this.provider.askSigner === undefined) throw new Error(`${this.subject.definition.id} asks nobody who signs.`);
    return this.provider.askSigner();
  }

  identity(): PayerIdentity {
    this.#operation = 'identity';
    if (this.provider.identity === undefined) throw new Error(`${this.subject.definition.id} knows no payer.`);
    return this.provider.identity;
  }

  download(kind: BillKind, date = BILL_DATE): Promise<Bill> {
    this.#operation = 'bill';
    this.#billCalls = 0;
    if (this.provider.bills === undefined) throw new Error(`${this.subject.definition.id} has no bills.`);
    return this.provider.bills.download({ date, kind });
  }

  /** Downloads a statement and reads all of it; what was read before an error is lost with it. */
  async readBill(kind: BillKind): Promise<BillLine[]> {
    const bill = await this.download(kind);
    if (bill.status !== 'ready') throw new Error(`The statement is ${bill.status}.`);
    const lines: BillLine[] = [];
    for await (const line of bill.lines) lines.push(line);
    return lines;
  }

  #refunds(): Refunds {
    if (this.provider.refunds === undefined) throw new Error(`${this.subject.definition.id} refunds nothing.`);
    return this.provider.refunds;
  }

  readonly #fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    const call: WireCall = { operation: this.#operation, method, url, headers, body: await request.text() };
    this.calls.push(call);
    if (this.breakage !== undefined) return broken(this.breakage, request, init?.signal instanceof AbortSignal);
    const answer = await this.wire.answer(call, this.truth, this.forgery);
    const isFile = this.#operation === 'bill' && (this.#billCalls += 1) > 1;
    if (isFile && this.fileBreakage !== undefined)
      return brokenFile(this.fileBreakage, Buffer.from(answer.body), request);
    return new Response(BODILESS.has(answer.status) ? null : answer.body, {
      status: answer.status,
      headers: answer.headers ?? {},
    });
  };
}
