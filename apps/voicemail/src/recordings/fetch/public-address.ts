import { BlockList, isIP } from 'node:net';

/** IPv4 that no stranger's name may lead to (RFC 6890 and its registry), and one cloud's address for its machines. */
const NOT_PUBLIC_IPV4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Within 2000::/3, where everything public is: protocols, Teredo, documentation, and 6to4, which leads into IPv4. */
const NOT_PUBLIC_IPV6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refusedIpv4 = blockList(NOT_PUBLIC_IPV4, 'ipv4');
const refusedIpv6 = blockList(NOT_PUBLIC_IPV6, 'ipv6');
const publicIpv6 = blockList([['2000::', 3]], 'ipv6');
/** IPv4 in the clothes of IPv6: mapped (RFC 4291 §2.5.5.2), and through a translator (NAT64, RFC 6052). */
const carryingIpv4 = blockList(
  [
    ['::ffff:0:0', 96],
    ['64:ff9b::', 96],
  ],
  'ipv6',
);

/** Whether an address is one of the public internet; anything that is no address is not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refusedIpv4.check(address, 'ipv4');
    case 6:
      return isPublicIpv6(address);
    default:
      return false;
  }
}

function isPublicIpv6(address: string): boolean {
  // A zone, as in fe80::1%eth0, is a matter of one machine.
  if (address.includes('%')) {
    return false;
  }
  if (isCarrier(address)) {
    return !refusedIpv4.check(carriedIpv4(address), 'ipv4');
  }
  return publicIpv6.check(address, 'ipv6') && !refusedIpv6.check(address, 'ipv6');
}

function isCarrier(address: string): boolean {
  return carryingIpv4.check(address, 'ipv6');
}

/** The last 32 bits, written as IPv4. The parser of addresses of the web spells all forms alike. */
function carriedIpv4(address: string): string {
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(':');
  const [high, low] = groups.slice(-2).map((group) => Number.parseInt(group === '' ? '0' : group, 16));
  return [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
}

function blockList(subnets: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  subnets.forEach(([network, prefix]) => list.addSubnet(network, prefix, family));
  return list;
}
