import { createPrivateKey, type KeyObject, sign } from 'node:crypto';

/** As many as the thread pool has threads, unless somebody sized it otherwise. */
const LANES = 4;

interface Waiting {
  readonly message: Buffer;
  readonly done: (signature: Buffer) => void;
  readonly failed: (cause: Error) => void;
}

/**
 * Signs in the thread pool without waiting for it. A `KeyObject` has a lock: a second signature begun with the same one
 * holds up the event loop until the first is there. So the key is there several times, and each is used by one at a time.
 */
export class SigningLanes {
  private readonly free: KeyObject[];
  private readonly waiting: Waiting[] = [];

  constructor(key: KeyObject) {
    const der = key.export({ type: 'pkcs8', format: 'der' });
    this.free = Array.from({ length: LANES }, () => createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }));
  }

  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(message: Buffer): Promise<Buffer> {
    return new Promise((done, failed) => {
      const key = this.free.pop();
      if (key === undefined) this.waiting.push({ message, done, failed });
      else this.start(key, { message, done, failed });
    });
  }

  private start(key: KeyObject, { message, done, failed }: Waiting): void {
    sign('RSA-SHA256', message, key, (error, signature) => {
      const next = this.waiting.shift();
      if (next === undefined) this.free.push(key);
      else this.start(key, next);
      if (error === null) done(signature);
      else failed(error);
    });
  }
}
