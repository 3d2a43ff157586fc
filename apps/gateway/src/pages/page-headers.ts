/** What one page may do beyond what every page may. */
export interface PageLicence {
  /** Sources of inline stylesheets, as hashes. */
  readonly styles?: readonly string[];
  /** Origins that a form of this page goes to, beside our own. */
  readonly formOrigins?: readonly string[];
  /** `origin` where the next site must be told which site (never which page) the payer comes from. */
  readonly referrer?: 'no-referrer' | 'origin';
}

/** The headers of every HTML answer: nothing may be loaded, framed, kept or passed on that is not named here. */
export function pageHeaders({ styles = [], formOrigins = [], referrer = 'no-referrer' }: PageLicence = {}) {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src ${["'self'", ...styles].join(' ')}`,
      "img-src 'self'",
      "connect-src 'self'",
      `form-action ${["'self'", ...formOrigins].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': referrer,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    vary: 'Accept-Language, User-Agent',
  } as const;
}
