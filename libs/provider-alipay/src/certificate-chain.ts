import type { X509Certificate } from 'node:crypto';

/** Roots, the authority, its classes: Alipay's chains are shorter than this. */
const LONGEST = 5;

/**
 * Whether a root of ours vouches for a certificate, at this moment: itself, or through authorities that came with the
 * certificate. Every link is a signature that holds, by a certificate that may sign others, and none has ended.
 */
export function isVouchedFor(
  certificate: X509Certificate,
  { roots, between, now }: { roots: readonly X509Certificate[]; between: readonly X509Certificate[]; now: Date },
  links = LONGEST,
): boolean {
  if (!isValid(certificate, now) || links === 0) return false;
  if (roots.some((root) => isValid(root, now) && isIssuedBy(certificate, root))) return true;
  return between.some(
    (authority) =>
      authority.ca && isIssuedBy(certificate, authority) && isVouchedFor(authority, { roots, between, now }, links - 1),
  );
}

/** Its validity in X.509's own terms; both ends count. */
export function isValid({ validFrom, validTo }: X509Certificate, now: Date): boolean {
  return new Date(validFrom) <= now && now <= new Date(validTo);
}

/** A root on a curve that Node does not know cannot verify anything here. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
