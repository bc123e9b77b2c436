import { BlockList, isIP } from 'node:net';

/** What one site has of IPv6 at the least (RFC 6177), so that its addresses cannot be told apart. */
const IPV6_SITE_BITS = 64;

/**
 * How many of the addresses belong to the peer that `address` is of: the same IPv4 address, mapped into IPv6 or not, or
 * the same /64 of IPv6. 0 when it is no address, as that of a connection that is gone already.
 */
export function countOfPeer(address: string, addresses: Iterable<string>): number {
  const own = plainAddress(address);
  const family = isIP(own);
  if (family === 0) {
    return 0;
  }
  const peer = new BlockList();
  if (family === 4) {
    peer.addAddress(own, 'ipv4');
  } else {
    peer.addSubnet(own, IPV6_SITE_BITS, 'ipv6');
  }
  return [...addresses].map(plainAddress).filter((other) => isIP(other) === family && peer.check(other, nameOf(family)))
    .length;
}

const nameOf = (family: number): 'ipv4' | 'ipv6' => (family === 4 ? 'ipv4' : 'ipv6');

/** IPv4 as a listener on both families reports it, and link-local IPv6 without its interface. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
