import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';

/** The mails of the sample day, in the order in which they arrive. */
const FOLDER = new URL('./sample-day/', import.meta.url);

/** Configuration of the sample day's account. */
export const SAMPLE_CONFIGURATION = fileURLToPath(new URL('casewright.yml', FOLDER));

/** What the sample day must come to, its calls included, each in its case: a newcomer's first look is also a check. */
export const EXPECTED = { mails: 12, interactions: 13, cases: 8 } as const;

/** A mail with the envelope that a forwarding mailbox would give it. */
export interface SampleMail {
  readonly name: string;
  readonly raw: Buffer;
  readonly sender: string;
  readonly recipient: string;
}

/** Reads the mails; the first of our addresses that a mail names is its recipient. */
export async function sampleMails(mailboxes: readonly string[]): Promise<SampleMail[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.eml')).sort();
  const mails: SampleMail[] = [];
  for (const name of names) {
    const raw = await readFile(new URL(name, FOLDER));
    const header = raw.toString('utf8').split('\r\n\r\n', 1)[0] ?? '';
    const recipient = mailboxes.find((address) => header.includes(address));
    if (recipient === undefined) {
      throw new Error(`${name} is for none of the configured mailboxes: ${mailboxes.join(', ')}`);
    }
    mails.push({ name, raw, sender: envelopeSender(header), recipient });
  }
  return mails;
}

/** Bounces and automatic replies travel with the empty sender (RFC 5321 §4.5.5). */
function envelopeSender(header: string): string {
  if (/^Return-Path: <>/im.test(header)) {
    return '';
  }
  return /^From:.*?([^\s<>"]+@[^\s<>"]+)>?\s*$/im.exec(header)?.[1] ?? '';
}

/** Sends the mails over SMTP one after another; rejects with the server's reply when one is refused. */
export async function sendSampleDay(
  mails: readonly SampleMail[],
  server: { readonly host: string; readonly port: number },
): Promise<void> {
  const transport = createTransport({ ...server, secure: false, ignoreTLS: true, pool: true, maxConnections: 1 });
  try {
    for (const mail of mails) {
      await transport.sendMail({ envelope: { from: mail.sender, to: mail.recipient }, raw: mail.raw });
    }
  } finally {
    transport.close();
  }
}
