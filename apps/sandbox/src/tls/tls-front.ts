import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Vault } from '../frame/vault.js';
import { newServerKey, newTlsAuthority } from './authority.js';

/** Where the sandbox answers with TLS, and what a client must trust to believe it. */
export interface TlsAddress {
  readonly port: number;
  /** The authority's certificate, PEM. */
  readonly ca: string;
  /** Where that stands as a file, for NODE_EXTRA_CA_CERTS and its like; undefined: in memory only. */
  readonly caFile: string | undefined;
}

/** A second door to the same server, with TLS, for clients whose host is fixed. */
export class TlsFront {
  private constructor(
    private readonly server: TlsServer,
    readonly address: TlsAddress,
  ) {}

  /** Listens; `port` 0 is any free one. Requests go to `behind` as if they had arrived there. */
  static async listen(behind: Server, vault: Vault, { port, host }: { port: number; host: string }): Promise<TlsFront> {
    const authority = await vault.keep('tls-authority', newTlsAuthority);
    const { private_key: key, certificate } = await newServerKey(authority);
    const server = createServer({ key, cert: certificate + authority.certificate }, (request, response) => {
      behind.emit('request', request, response);
    });
    server.listen(port, host);
    await once(server, 'listening');
    const ca = authority.certificate;
    const caFile = vault.publish('tls-ca.pem', ca);
    return new TlsFront(server, { port: (server.address() as AddressInfo).port, ca, caFile });
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
