import { readFile } from 'node:fs/promises';
import type { ImapFlowOptions } from 'imapflow';
import type { ImapConfiguration } from '#libs/runtime';
import type { MailboxLogin } from '../credentials/index.js';

/** Most bytes that the server may send as one string or in one answer. */
const MOST_LITERAL_BYTES = 256 * 1024 * 1024;

/**
 * How every connection to a mailbox is made: never in clear unless the configuration says `tls: none`, and with limits
 * on what the server may send. Reads `caFile` each time, so that a new one needs no restart; rejects when it cannot.
 */
export async function connectionOptions(imap: ImapConfiguration, auth: MailboxLogin): Promise<ImapFlowOptions> {
  const { host, port, tls, caFile } = imap;
  const ca = caFile === null ? {} : { tls: { ca: await readFile(caFile, 'utf8') } };
  return {
    host,
    port,
    auth,
    // Left out, doSTARTTLS would mean: in clear when the server offers nothing better.
    ...(tls === 'implicit' ? { secure: true } : { secure: false, doSTARTTLS: tls === 'starttls' }),
    ...ca,
    logger: false,
    disableAutoIdle: true,
    greetingTimeout: 16_000,
    connectionTimeout: 30_000,
    maxLiteralSize: MOST_LITERAL_BYTES,
  };
}
