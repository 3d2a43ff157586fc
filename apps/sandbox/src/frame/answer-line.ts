import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { FastifyReply } from 'fastify';
import type { Answer } from './exchanges.js';

/**
 * The answer exactly as the wire made it: header names in their case, and a 204 keeps the Content-Type that Fastify
 * would take away (some SDKs read it).
 */
export function written(reply: FastifyReply, answer: Answer): FastifyReply {
  const length = answer.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(answer.body) };
  reply.hijack();
  reply.raw.writeHead(answer.status, { ...answer.headers, ...length });
  reply.raw.end(answer.body);
  return reply;
}

/** Real time: the client on the other side waits for real. */
export async function pause(ms: number): Promise<void> {
  await wait(ms, undefined, { ref: false });
}

/** Never answers: until the client gives up, or for `ms` and then the connection ends. */
export async function hang(reply: FastifyReply, ms: number | undefined): Promise<void> {
  const { socket } = reply.raw;
  reply.hijack();
  if (socket === null || socket.destroyed) return;
  const gone = once(socket, 'close');
  if (ms !== undefined) void pause(ms).then(() => socket.destroy());
  await gone;
}

/** A TCP reset instead of an answer; under TLS, where Node has none, the line ends without a goodbye. */
export function reset(reply: FastifyReply): void {
  const { socket } = reply.raw;
  reply.hijack();
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** The right head, the first `bytes` of the body, then the line is dead. */
export async function cutShort(reply: FastifyReply, answer: Answer, bytes: number): Promise<FastifyReply> {
  const body = Buffer.from(answer.body);
  reply.hijack();
  reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  reply.raw.write(body.subarray(0, Math.min(bytes, Math.max(body.length - 1, 0))), () => reply.raw.socket?.destroy());
  return reply;
}
