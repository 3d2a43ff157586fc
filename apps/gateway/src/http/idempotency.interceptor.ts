import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { PaymentProblem, type CoreContext, type StoredAnswer } from '@hutong/payment-core';
import { defaultIfEmpty, from, lastValueFrom, type Observable } from 'rxjs';
import { CORE } from '../tokens.js';
import type { Answer } from './answer.js';
import { PROBLEM_TYPE } from './problem-document.js';
import { documentOf } from './problem.filter.js';
import { Refusal } from './refusal.js';
import type { GatewayReply, GatewayRequest } from './request.js';

const KEY = /^[\u0021-\u007e]{20,255}$/;
const LEASE_MS = 60_000;

/** Refusals that the same request may outlive. */
const PASSING = new Set(['attempt_in_progress', 'reconciliation_running']);

/**
 * Every POST that creates runs once per (app, Idempotency-Key): a repeat gets the first answer byte for byte, marked
 * `Idempotent-Replayed`. Final answers are kept (2xx and deterministic 4xx); a 5xx is not, because in payments it nearly
 * always means "unknown", and replaying that for ever would hide what really came of it.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<string> {
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    const reply = context.switchToHttp().getResponse<GatewayReply>();
    return from(this.once(request, reply, next));
  }

  private async once(request: GatewayRequest, reply: GatewayReply, next: CallHandler): Promise<string> {
    const app = request.apiKey?.app ?? '';
    const key = keyOf(request);
    const claim = await this.core.stores.idempotency.claim(app, key, this.fingerprint(request), LEASE_MS);
    switch (claim.outcome) {
      case 'claimed':
        return this.run(request, reply, next, { app, key, lease: claim.lease });
      case 'replay':
        void reply.header('idempotent-replayed', 'true');
        return send(reply, claim.answer);
      case 'running':
        throw new Refusal(409, 'idempotency_key_in_use', 'A request with this Idempotency-Key is still running.');
      case 'mismatch':
        throw new Refusal(
          422,
          'idempotency_key_reused',
          'This Idempotency-Key was used for another request; take a new one.',
        );
    }
  }

  private async run(request: GatewayRequest, reply: GatewayReply, next: CallHandler, held: Held): Promise<string> {
    const final = await this.execute(request, next, held);
    await this.core.stores.idempotency.complete(held.app, held.key, final);
    return send(reply, final);
  }

  /** The request, byte for byte: method, path, query and body. Keyed, because a body may hold a payer's code. */
  private fingerprint({ method, url, rawBody }: GatewayRequest): string {
    return this.core.stores.fingerprint(`${method}\n${url}\n${rawBody?.toString('latin1') ?? ''}`);
  }

  private async execute(request: GatewayRequest, next: CallHandler, held: Held): Promise<StoredAnswer> {
    try {
      const {
        status,
        body,
        holdsSecret = false,
      } = (await lastValueFrom(next.handle().pipe(defaultIfEmpty(undefined)))) as Answer<unknown>;
      return { status, body: JSON.stringify(body), holdsSecret };
    } catch (error) {
      const document = documentOf(error, request);
      const final = document.status < 500 && !PASSING.has(document.code) && isOurs(error);
      if (final) return { status: document.status, body: JSON.stringify(document) };
      await this.core.stores.idempotency.release(held.app, held.key, held.lease);
      throw error;
    }
  }
}

/** A key that this request holds. */
interface Held {
  readonly app: string;
  readonly key: string;
  readonly lease: string;
}

function isOurs(error: unknown): boolean {
  return error instanceof PaymentProblem || error instanceof Refusal;
}

function send(reply: GatewayReply, { status, body }: StoredAnswer): string {
  void reply.status(status).header('content-type', status < 400 ? 'application/json; charset=utf-8' : PROBLEM_TYPE);
  return body;
}

/** Also accepts the quoted form of the IETF draft. @throws Refusal 400 */
function keyOf(request: GatewayRequest): string {
  const lines = request.raw.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'idempotency-key',
  );
  const key = lines[0]?.replace(/^"(.*)"$/, '$1');
  if (lines.length === 1 && key !== undefined && KEY.test(key)) return key;
  throw new Refusal(
    400,
    'idempotency_key_required',
    'Send one Idempotency-Key header of 20 to 255 printable characters, such as a UUID.',
    [{ pointer: 'Idempotency-Key', message: 'must be one header of 20 to 255 printable characters' }],
  );
}
