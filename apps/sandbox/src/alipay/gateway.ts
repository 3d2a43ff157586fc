import type { AccountShelf } from '../frame/accounts.js';
import type { SignatureCause } from '../frame/signature-cause.js';
import type { AlipayAccount } from './account.js';
import { checkPublicParameters, checkSignature, identify } from './admission.js';
import { BizContent } from './biz-content.js';
import { checkCertificates } from './certificate-check.js';
import { plainContent } from './content-encryption.js';
import { PUBLIC_MESSAGES } from './gateway-errors.js';
import { GatewayRefusal, gatewayRefusal } from './gateway-refusal.js';
import type { Call, Method } from './methods.js';
import { readOrder, type Order } from './order.js';
import type { Parameters, PublicFields } from './parameters.js';
import { clientProduct } from './product.js';
import { diagnoseAdmission } from './diagnose-signature.js';
import { checkTimestampWindow } from './strict-rules.js';

/** Told what admission finds out, step by step, so that a refusal can be explained and signed. */
export interface Witness {
  account?: AlipayAccount;
  /** The signature held. */
  verified?: boolean;
  /** Why it did not. */
  cause?: SignatureCause;
}

/** What stands between the wire and the methods: who, which method, well-formed, certified, signed, readable — in this order. */
export class Gateway {
  constructor(
    readonly accounts: AccountShelf<AlipayAccount>,
    private readonly methods: ReadonlyMap<string, Method>,
    private readonly now: () => number,
  ) {}

  method(name: string | undefined): Method | undefined {
    return name === undefined ? undefined : this.methods.get(name);
  }

  /** Whose call it claims to be; nothing is verified yet. */
  account(parameters: PublicFields): AlipayAccount | undefined {
    return this.accounts.find((account) => account.app_id === parameters.get('app_id'));
  }

  /** A server's call. @throws GatewayRefusal */
  run(parameters: Parameters, witness: Witness = {}): Readonly<Record<string, unknown>> {
    const account = this.identify(parameters, witness);
    const method = this.method(methodName(parameters));
    if (method === undefined) throw gatewayRefusal('isv.invalid-method');
    this.verify(parameters, account, witness);
    const answer = method.run(readCall(account, parameters));
    return method.bare ? answer : { code: '10000', msg: PUBLIC_MESSAGES['10000'], ...answer };
  }

  /** An order that came by the payer's device: an order string, a link, a form. @throws GatewayRefusal */
  readClientOrder(
    parameters: Parameters,
    allowed: readonly ('app' | 'wap' | 'page')[],
    witness: Witness = {},
  ): { readonly account: AlipayAccount; readonly order: Order } {
    const account = this.identify(parameters, witness);
    const product = clientProduct(methodName(parameters));
    if (product === undefined || !allowed.includes(product)) throw gatewayRefusal('isv.invalid-method');
    this.verify(parameters, account, witness);
    const { biz } = readCall(account, parameters);
    return { account, order: readOrder(product, biz, parameters, account, this.now()) };
  }

  private identify(parameters: Parameters, witness: Witness): AlipayAccount {
    return this.diagnosing(parameters, witness, () => {
      const account = identify(parameters, this.accounts);
      witness.account = account;
      return account;
    });
  }

  /** Well-formed, certified, signed. @throws GatewayRefusal */
  private verify(parameters: Parameters, account: AlipayAccount, witness: Witness): void {
    this.diagnosing(parameters, witness, () => {
      checkPublicParameters(parameters);
      if (account.strict) checkTimestampWindow(parameters);
      checkCertificates(parameters, account);
      checkSignature(parameters, account);
    });
    witness.verified = true;
  }

  private diagnosing<T>(parameters: Parameters, witness: Witness, admit: () => T): T {
    try {
      return admit();
    } catch (refusal) {
      const cause = diagnoseAdmission(refusal, parameters, this.accounts);
      if (cause !== undefined) witness.cause = cause;
      throw refusal;
    }
  }
}

/** @throws GatewayRefusal isv.missing-method */
function methodName(parameters: Parameters): string {
  const name = parameters.get('method');
  if (name === undefined) throw gatewayRefusal('isv.missing-method');
  return name;
}

function readCall(account: AlipayAccount, parameters: Parameters): Call {
  return { account, parameters, biz: BizContent.parse(plainContent(parameters, account)) };
}

/** A refusal as it stands, anything else as the gateway's own "system busy": whether it happened is unknown then. */
export function asRefusal(cause: unknown): GatewayRefusal {
  if (cause instanceof GatewayRefusal) return cause;
  process.emitWarning(cause instanceof Error ? cause : String(cause));
  return gatewayRefusal('isp.unknow-error');
}
