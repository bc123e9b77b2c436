import { open } from 'node:fs/promises';
import addressParser from 'nodemailer/lib/addressparser';

/** Who a mail is handed over from and to. */
export interface Envelope {
  /** Empty for bounces. */
  readonly from: string;
  readonly to: readonly string[];
}

/** Longest header block that is looked at; enough for any real mail. */
const HEAD_BYTES = 256 * 1024;

/** The first bytes of a file, up to the end of the header block. */
export async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const text = buffer.toString('latin1', 0, bytesRead);
    return text.split(/\r?\n\r?\n/, 1)[0] ?? '';
  } finally {
    await file.close();
  }
}

/** The envelope that the headers suggest: Return-Path, else From; To and Cc. Options win over headers. */
export function envelopeOf(
  head: string,
  options: { readonly from?: string; readonly to?: readonly string[] } = {},
): Envelope {
  const returnPath = headerOf(head, 'return-path');
  const [sender = ''] = addressesOf(headerOf(head, 'from') ?? '');
  const from = options.from ?? (returnPath === null ? sender : (addressesOf(returnPath)[0] ?? ''));
  const to = options.to ?? ['to', 'cc'].flatMap((name) => addressesOf(headerOf(head, name) ?? ''));
  return { from, to: [...new Set(to)] };
}

/** First header of the name, unfolded; null when there is none. */
function headerOf(head: string, name: string): string | null {
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  const line = unfolded.split(/\r?\n/).find((candidate) => candidate.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}

function addressesOf(header: string): string[] {
  return addressParser(header, { flatten: true })
    .map((party) => party.address ?? '')
    .filter((address) => address.includes('@'));
}
