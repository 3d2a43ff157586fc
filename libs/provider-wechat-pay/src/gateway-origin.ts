import { ValidateBy } from 'class-validator';

/** Loopback names and addresses: traffic to them never crosses a wire. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * An origin without path, query or credentials: https, or http on this machine for the sandbox. A path would be part
 * of what is signed, and a gateway in front that cuts it off would break every signature.
 */
export function IsGatewayOrigin(): PropertyDecorator {
  return ValidateBy({
    name: 'isGatewayOrigin',
    validator: {
      validate: (value) => typeof value === 'string' && isGatewayOrigin(value),
      defaultMessage: () => 'must be an https origin without a path (http only on this machine)',
    },
  });
}

function isGatewayOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const isBare = pathname === '/' && [search, hash, username, password].every((part) => part === '');
  return isBare && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)));
}
