import type { MimePart } from './mime-part.js';

/** What is signed or encrypted as one opaque part (RFC 8551 §3.2). */
export const SMIME = /^application\/(x-)?pkcs7-mime$/;

/**
 * What a mail is protected with: `smime_signed`, `smime_encrypted`, `pgp_signed`, `pgp_encrypted` (RFC 8551, RFC 3156,
 * and PGP within the text). Nothing is verified or decrypted; the parts are kept as they are.
 */
export function encryptionFlags(root: MimePart, text: string): string[] {
  const flags = new Set<string>();
  const look = (part: MimePart): void => {
    const protocol = part.parameters.get('protocol')?.toLowerCase() ?? '';
    if (part.mediaType === 'multipart/signed') {
      flags.add(protocol.includes('pgp') ? 'pgp_signed' : 'smime_signed');
    } else if (part.mediaType === 'multipart/encrypted') {
      flags.add(protocol.includes('pkcs7') ? 'smime_encrypted' : 'pgp_encrypted');
    } else if (SMIME.test(part.mediaType)) {
      flags.add(/signed|certs/i.test(part.parameters.get('smime-type') ?? '') ? 'smime_signed' : 'smime_encrypted');
    }
    part.children.forEach(look);
  };
  look(root);
  if (text.includes('-----BEGIN PGP SIGNED MESSAGE-----')) {
    flags.add('pgp_signed');
  }
  if (text.includes('-----BEGIN PGP MESSAGE-----')) {
    flags.add('pgp_encrypted');
  }
  return [...flags];
}
