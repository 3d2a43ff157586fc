import { UntrustedMessage, type Clock } from '@hutong/payment-port';
import { readPublicKey } from '@hutong/provider-kit';
import type { KeyObject, X509Certificate } from 'node:crypto';
import { refusal, type CallContext } from './alipay.errors.js';
import { isValid, isVouchedFor } from './certificate-chain.js';
import { certificatesIn, certificateSn } from './certificate-sn.js';
import type { Certificates } from './credentials.js';
import { fieldsOf } from './message-fields.js';
import { envelopeHolds, readResponse, type SignedEnvelope } from './signed-envelope.js';

export const DOWNLOAD: CallContext = { provider: 'alipay', operation: 'alipay.open.app.alipaycert.download' };

/** What unknown numbers may cost: whoever makes them up must not make us call without end. */
const AT_MOST_EVERY_MS = 60_000;

/** Where a number stood. Anybody can send a notification; they must not use up what answers may ask for. */
export type NamedIn = 'answer' | 'notification';

interface Asked {
  readonly sn: string;
  readonly at: number;
  readonly outcome: Promise<void>;
}

/**
 * The certificates that Alipay signs with, by their numbers: the account's own, and those that were fetched because a
 * message named them. Both verify; a fetched one until it ends. Forgotten with the connection.
 */
export class AlipayCertificates {
  readonly #fetched = new Map<string, X509Certificate>();
  readonly #asked = new Map<NamedIn, Asked>();

  constructor(
    private readonly certificates: Certificates,
    private readonly clock: Clock,
    /** Sends the download of a number and answers what came back, not believed yet. */
    private readonly download: (sn: string) => Promise<SignedEnvelope>,
  ) {}

  /** Keys that a message which names no certificate may be signed with. */
  keys(): readonly KeyObject[] {
    const now = this.clock.now();
    const fetched = [...this.#fetched.values()].filter((certificate) => isValid(certificate, now));
    return [this.certificates.alipay, ...fetched].map(({ publicKey }) => publicKey);
  }

  /**
   * The key of a named certificate, fetched first where it is unknown: once, and not twice within a minute, whatever came
   * of it. Undefined when it stays unknown.
   * @throws what the download threw
   */
  async keyNamed(sn: string, where: NamedIn): Promise<KeyObject | undefined> {
    const known = this.#known(sn);
    if (known !== undefined || !/^[0-9a-f]{32}$/.test(sn)) return known;
    await this.#askOnce(sn, where);
    return this.#known(sn);
  }

  #known(sn: string): KeyObject | undefined {
    if (sn === this.certificates.alipayCertSn) return this.certificates.alipay.publicKey;
    const fetched = this.#fetched.get(sn);
    return fetched !== undefined && isValid(fetched, this.clock.now()) ? fetched.publicKey : undefined;
  }

  async #askOnce(sn: string, where: NamedIn): Promise<void> {
    const now = this.clock.now().getTime();
    const last = this.#asked.get(where);
    if (last !== undefined && now < last.at + AT_MOST_EVERY_MS) return last.sn === sn ? last.outcome : undefined;
    const outcome = this.#fetch(sn);
    this.#asked.set(where, { sn, at: now, outcome });
    return outcome;
  }

  /**
   * The answer is read before its signature holds, because Alipay may have signed it with the very certificate inside.
   * The certificate proves itself by its chain; then the answer's signature is held against it, or against one that
   * was known before; nothing is kept unless both hold.
   */
  async #fetch(sn: string): Promise<void> {
    const envelope = await this.download(sn);
    const answer = fieldsOf(readResponse(envelope) ?? {});
    if (answer('code') !== '10000') throw refusal(DOWNLOAD, answer);
    const content = Buffer.from(answer('alipay_cert_content') ?? '', 'base64').toString('utf8');
    const certificate = this.#genuine(sn, content);
    const key = envelope.certSn === sn ? certificate.publicKey : this.#known(envelope.certSn ?? '');
    if (key === undefined || !envelopeHolds(key, envelope)) throw untrusted('its signature does not hold');
    this.#fetched.set(sn, certificate);
  }

  /**
   * A root of ours vouches for every merchant's certificate as well, so its word is not enough: what Alipay signs with
   * holds the same key as `alipay_cert`, or is made out to the same holder.
   */
  #genuine(sn: string, content: string): X509Certificate {
    const [certificate, ...between] = legible(content);
    if (certificate === undefined || certificateSn(certificate) !== sn)
      throw untrusted('it is about another certificate');
    const { roots, alipay } = this.certificates;
    if (!isVouchedFor(certificate, { roots, between, now: this.clock.now() }))
      throw untrusted('root_cert does not vouch for the certificate in it');
    if (!certificate.publicKey.equals(alipay.publicKey) && certificate.subject !== alipay.subject)
      throw untrusted('the certificate in it is made out to somebody else than alipay_cert');
    return certificate;
  }
}

function legible(content: string): X509Certificate[] {
  try {
    readPublicKey(content);
    return certificatesIn(content);
  } catch {
    throw untrusted('what it brings is no certificate of an RSA key');
  }
}

function untrusted(why: string): UntrustedMessage {
  return new UntrustedMessage(`Alipay's answer to ${DOWNLOAD.operation} proves nothing: ${why}.`, DOWNLOAD);
}
