import type { Reply } from './merchant.js';

/** The payer and their phone, through the sandbox's control surface. */
export class Payer {
  constructor(private readonly sandboxUrl: string) {}

  async control(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${this.sandboxUrl}/__sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** Follows a next action to the wallet and answers the trade that it opened there. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
  async open(nextAction: unknown, payer?: string): Promise<any> {
    const { status, body } = await this.control('POST', '/open', {
      next_action: nextAction,
      ...(payer === undefined ? {} : { payer }),
    });
    if (status !== 200) throw new Error(`open answered ${status}: ${JSON.stringify(body)}`);
    return body.data;
  }

  /** Shows a fresh payment code of that wallet. */
  async showCode(provider: string, more: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await this.control('POST', '/payer-codes', { provider, ...more });
    if (status !== 200) throw new Error(`payer-codes answered ${status}: ${JSON.stringify(body)}`);
    return body.code;
  }

  /** Opens and pays. */
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  async pay(nextAction: unknown, more: Record<string, unknown> = {}): Promise<any> {
    const trade = await this.open(nextAction, more['payer'] as string | undefined);
    return this.confirm(trade.id, more);
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  async confirm(tradeId: string, more: Record<string, unknown> = {}): Promise<any> {
    const { status, body } = await this.control('POST', `/trades/${tradeId}/pay`, more);
    if (status !== 200) throw new Error(`pay answered ${status}: ${JSON.stringify(body)}`);
    return body.data;
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  async trade(reference: string): Promise<any> {
    const { body } = await this.control('GET', `/trades?reference=${reference}`);
    return body.data[0];
  }

  advance(ms: number): Promise<Reply> {
    return this.control('PUT', '/clock', { advance_ms: ms });
  }

  /** Moves the sandbox's clock to this moment; gateways that follow it come along. */
  setClock(now: string): Promise<Reply> {
    return this.control('PUT', '/clock', { now });
  }

  faults(rules: unknown[]): Promise<Reply> {
    return this.control('PUT', '/faults', { rules });
  }
}
