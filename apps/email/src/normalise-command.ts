import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { BootError, loadConfiguration, runMain, type Configuration } from '#libs/runtime';
import { ownMailboxes } from './config.js';
import { normalise, type Delivery } from './normalise.js';
import { sourceOfBytes } from './parse/memory-parts.js';
import { parseMail } from './parse/parse-mail.js';
import type { MailSource } from './parse/mime-content.js';
import type { PartStore } from './parse/stored-parts.js';
import type { EmailPayload } from './payload.js';
import type { Mailbox } from './receive-mail.js';
import { mailboxOf } from './rules/mail-address.js';

/** A part store that names what it is given and keeps nothing. */
const namesOnly: PartStore = {
  async put(content) {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
      hash.update(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    return { sha256: hash.digest('hex'), size };
  },
};

/** Files up to this size are read into memory. */
const IN_MEMORY_BYTES = 10 * 1024 * 1024;
const USAGE = 'Usage: normalise FILE|-\n';

/**
 * `normalise FILE|-`: prints the interactions that a mail becomes, one JSON document for each of our mailboxes that it
 * names, and touches nothing. Entry of a process of its own.
 */
async function main([file]: readonly string[]): Promise<void> {
  if (file === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const configuration = loadConfiguration();
  const source = await openMail(file);
  const payload = await parseMail(source, namesOnly);
  const raw = { ...(await namesOnly.put(source.bytes ?? (await source.open()))), mediaType: 'message/rfc822' };
  for (const mailbox of reachedMailboxes(payload, configuration)) {
    const interaction = normalise(payload, deliveryOf(payload, mailbox, raw), {
      accountId: configuration.account.id,
      tokenSecret: configuration.caseTokens.secret ?? '',
      trustedAuthservId: mailbox?.trustedAuthservId ?? null,
    });
    process.stdout.write(`${JSON.stringify(interaction, null, 2)}\n`);
  }
}

async function openMail(file: string): Promise<MailSource> {
  if (file === '-') {
    return sourceOfBytes(await buffer(process.stdin));
  }
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error || found.isDirectory()) {
    throw new BootError(`${file} cannot be read (${found instanceof Error ? found.code : 'it is a folder'}).`);
  }
  const { size } = found;
  return size <= IN_MEMORY_BYTES
    ? sourceOfBytes(await readFile(file))
    : { size, bytes: null, open: async () => createReadStream(file) };
}

/** The mailboxes of ours among the recipients of the header; null once when there is none. */
function reachedMailboxes(payload: EmailPayload, configuration: Configuration): (Mailbox | null)[] {
  const mailboxes = ownMailboxes(configuration);
  const known = new Set(mailboxes.map(({ address }) => address));
  const traces = ['x-original-to', 'x-forwarded-to', 'delivered-to'].flatMap((name) => payload.signals[name] ?? []);
  const named = [...payload.to, ...payload.cc].map(({ address }) => address);
  const reached = new Set([...traces, ...named].map((recipient) => mailboxOf(known, recipient)));
  const found = mailboxes.filter(({ address }) => reached.has(address));
  return found.length > 0 ? found : [null];
}

function deliveryOf(payload: EmailPayload, mailbox: Mailbox | null, raw: Delivery['raw']): Delivery {
  return {
    provider: 'file',
    mailbox: mailbox?.address ?? null,
    receivedAt: new Date(),
    envelopeFrom: payload.returnPath,
    envelopeRecipients: [],
    raw,
  };
}

runMain(() => main(process.argv.slice(2)));
