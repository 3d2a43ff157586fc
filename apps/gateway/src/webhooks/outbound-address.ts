import ipaddr from 'ipaddr.js';

/** Which addresses a webhook may go to. */
export interface AddressRule {
  /** 127.0.0.0/8 and ::1, for receivers on a developer's own machine. Nothing else becomes reachable by it. */
  readonly loopback: boolean;
}

/** Addresses that stand for the machine itself, not for a network. */
const V6_LOOPBACK = '::1';

/**
 * Whether this IP address is one of the public internet, judged on its bytes. Default-deny: ipaddr.js must find no special range, and a
 * version 6 address must be global unicast and carry no version 4 address within, whatever the transition mechanism.
 */
export function mayGoTo(address: string, { loopback }: AddressRule): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv4') return mayGoToV4(parsed as ipaddr.IPv4, loopback);
  return mayGoToV6(parsed as ipaddr.IPv6, loopback);
}

/** The parser also reads `127.1` and `0x7f000001`, as the system would; what counts is where they lead. */
function mayGoToV4(address: ipaddr.IPv4, loopback: boolean): boolean {
  const range = address.range();
  return range === 'unicast' || (loopback && range === 'loopback');
}

function mayGoToV6(address: ipaddr.IPv6, loopback: boolean): boolean {
  if (loopback && address.toString() === V6_LOOPBACK) return true;
  return address.range() === 'unicast' && isGlobal(address) && !isIsatap(address);
}

/** 2000::/3 is all that was ever given out; IPv4-compatible addresses (::/96) are outside it. */
function isGlobal(address: ipaddr.IPv6): boolean {
  return (address.toByteArray()[0]! & 0xe0) === 0x20;
}

/** RFC 5214: an interface id of 00-00-5E-FE or 02-00-5E-FE has an IPv4 address behind it. */
function isIsatap(address: ipaddr.IPv6): boolean {
  const [first, second] = address.parts.slice(4, 6);
  return (first === 0 || first === 0x200) && second === 0x5efe;
}
