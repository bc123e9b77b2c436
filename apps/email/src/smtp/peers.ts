import { BlockList, isIP } from 'node:net';

/** Whether a client may connect. */
export type Admission = (address: string) => boolean;

/** What one site has of IPv6 at the least (RFC 6177), so that its addresses cannot be told apart. */
const IPV6_SITE_BITS = 64;

/**
 * Reads networks as CIDR, or addresses alone; without any everybody may connect. Null when one of them is neither.
 */
export function admissionTo(networks: readonly string[]): Admission | null {
  const allowed = new BlockList();
  try {
    for (const network of networks) {
      const [address = '', bits] = network.split('/', 2);
      const family = nameOf(isIP(address));
      allowed.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
    }
  } catch {
    return null;
  }
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return networks.length === 0 || (family !== 0 && allowed.check(plain, nameOf(family)));
  };
}

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

/** Of `isIP`; what is no address is refused as one of IPv4. */
function nameOf(family: number): 'ipv4' | 'ipv6' {
  return family === 6 ? 'ipv6' : 'ipv4';
}

/** IPv4 as a listener on both families reports it, and link-local IPv6 without its interface. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
