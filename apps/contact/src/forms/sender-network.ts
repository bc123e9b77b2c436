import { isIPv6 } from 'node:net';

/** Whom a limit is about: an address of IPv4, of IPv6 its /64, because one subscriber has all of it. */
export function senderNetwork(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  if (!isIPv6(bare)) {
    return bare;
  }
  // The URL standard writes an address in one way.
  const written = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const [before = '', after] = written.split('::');
  const groups = before === '' ? [] : before.split(':');
  const rest = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? [] : Array.from({ length: 8 - groups.length - rest.length }, () => '0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}
