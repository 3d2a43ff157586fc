import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createSandbox, type Sandbox } from '@hutong/sandbox';

/** The two ways into a sandbox: plain HTTP, and TLS under an authority of its own. */
export const DOORS = ['HTTP', 'TLS'] as const;

export interface OpenSandbox {
  readonly sandbox: Sandbox;
  /** Where an SDK is pointed, without a slash at its end. */
  readonly url: string;
}

/**
 * A sandbox, and the address of one of its doors. This process trusts the sandbox's authority from then on, as with
 * NODE_EXTRA_CA_CERTS: no SDK is told anything about certificates.
 */
export async function openSandbox(door: (typeof DOORS)[number]): Promise<OpenSandbox> {
  const sandbox = await createSandbox(door === 'TLS' ? { tlsPort: 0 } : {});
  const plain = await sandbox.listen();
  if (sandbox.tls === undefined) return { sandbox, url: plain };
  setDefaultCACertificates([...getCACertificates('default'), sandbox.tls.ca]);
  return { sandbox, url: `https://localhost:${sandbox.tls.port}` };
}
