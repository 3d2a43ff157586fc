import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A merchant's notify_url: keeps the forms that arrive, and answers `success`. */
export interface Shop {
  readonly notifyUrl: string;
  /** Forms as they arrived, decoded once. */
  readonly forms: readonly Readonly<Record<string, string>>[];
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const forms: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    forms.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))));
    response.end('success');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    notifyUrl: `http://127.0.0.1:${port}/notify`,
    forms,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
