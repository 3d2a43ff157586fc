import { BlockList, isIP } from 'node:net';

const HERE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  HERE.addSubnet(network, prefix, 'ipv4');
HERE.addSubnet('::', 127, 'ipv6');
HERE.addSubnet('fc00::', 7, 'ipv6');
HERE.addSubnet('fe80::', 10, 'ipv6');

/** An address that the internet routes: neither loopback, nor private, nor link-local. Anything but an IP address is none. */
export function isPublicIp(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && !HERE.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** A host that WeChat's servers could reach by its looks: a public IP address, or a name with a dot that no resolver keeps at home. */
export function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return isPublicIp(bare);
  return bare.includes('.') && !/\.(?:localhost|local|internal|lan)\.?$/i.test(bare);
}
