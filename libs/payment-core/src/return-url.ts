/**
 * True when a payer may be sent to `url`: an http(s) address without user info whose origin the app registered.
 * `http://127.0.0.1:*` allows every port of that host.
 */
export function isReturnUrlAllowed(url: string, origins: readonly string[]): boolean {
  // oxlint-disable-next-line no-control-regex -- browsers drop these silently, so they would hide another address
  if (/[\u0000-\u0020\u007f\\]/.test(url) || !/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) return false;
  const { origin, protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return origins.some((allowed) =>
    allowed.endsWith(':*') ? allowed === `${protocol}//${hostname}:*` : allowed === origin,
  );
}
