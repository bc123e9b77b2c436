import { BlockList, isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

/** Addresses and networks, as a question. */
export type Networks = (address: string) => boolean;

/** Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. Nothing is in no networks at all. */
export function networksOf(written: readonly string[]): Networks {
  if (written.length === 0) {
    return () => false;
  }
  const list = new BlockList();
  for (const network of written) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Where a request comes from: the other end of the connection, or, as long as that is a proxy of ours, whom it says in
 * X-Forwarded-For that it asks for. What is written before the last of our proxies anybody may have written.
 */
export function senderAddress({ socket, headers }: IncomingMessage, isProxy: Networks): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const hops = forwarded.map((hop) => plain(hop.trim())).filter((hop) => hop !== '');
  let sender = plain(socket.remoteAddress ?? '');
  while (isProxy(sender) && hops.length > 0) {
    sender = hops.pop() ?? '';
  }
  return sender;
}

/** An address of IPv4 that came over IPv6 is the one of IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
