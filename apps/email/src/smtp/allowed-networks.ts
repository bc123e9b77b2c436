import { BlockList, isIP } from 'node:net';

/** Whether a client may connect. */
export type Admission = (address: string) => boolean;

/**
 * Reads networks as CIDR, or addresses alone; without any everybody may connect. Null when one of them is neither.
 */
export function admissionTo(networks: readonly string[]): Admission | null {
  const allowed = new BlockList();
  try {
    for (const network of networks) {
      const [address = '', bits] = network.split('/', 2);
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      allowed.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
    }
  } catch {
    return null;
  }
  return (address) => {
    // An IPv4 client of a listener on both families.
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return networks.length === 0 || (isIP(plain) !== 0 && allowed.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4'));
  };
}
