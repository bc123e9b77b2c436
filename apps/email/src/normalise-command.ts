import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Interaction } from '#libs/interaction';
import { type EmailPayload, type MailSource, parseMail, type PartStore, sourceOfBytes } from '#libs/mail';
import { BootError, errorMessage, loadConfiguration, runMain, type Configuration } from '#libs/runtime';
import { ownMailboxes } from './config.js';
import { namedMailboxes, tracedMailbox } from './forward/mailbox-meant.js';
import { normalise, type Delivery } from './normalise/normalise.js';
import type { Mailbox } from './receive/mail-in-hand.js';
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
const USAGE = 'Usage: normalise FILE|FOLDER|- …\n';

/**
 * `normalise FILE|FOLDER|- …`: prints the interactions that mails become, one for each of our mailboxes that a mail
 * names, and touches nothing. Entry of a process of its own.
 *
 * - One file prints one indented JSON document per interaction.
 * - Several files, or the `.eml` files of a folder, print one line per mail:
 *   `{"file": …, "interactions": […]}`, or `{"file": …, "error": …}` for one that cannot be read.
 */
async function main(paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const configuration = loadConfiguration();
  if (paths.length === 1 && !(await isFolder(first))) {
    for (const interaction of await interactionsOf(first, configuration)) {
      process.stdout.write(`${JSON.stringify(interaction, null, 2)}\n`);
    }
    return;
  }
  for (const path of paths) {
    for (const file of (await isFolder(path)) ? await mailsIn(path) : [path]) {
      process.stdout.write(`${JSON.stringify(await lineOf(file, configuration))}\n`);
    }
  }
}

async function lineOf(file: string, configuration: Configuration) {
  try {
    return { file, interactions: await interactionsOf(file, configuration) };
  } catch (error) {
    process.exitCode = 1;
    return { file, error: errorMessage(error) };
  }
}

async function interactionsOf(file: string, configuration: Configuration): Promise<Interaction[]> {
  const source = await openMail(file);
  const payload = await parseMail(source, namesOnly);
  const raw = { ...(await namesOnly.put(source.bytes ?? (await source.open()))), mediaType: 'message/rfc822' };
  return reachedMailboxes(payload, configuration).map((mailbox) =>
    normalise(payload, deliveryOf(payload, mailbox, raw), {
      trustedAuthservId: null,
      ownAddresses: ownMailboxes(configuration)[0]?.ownAddresses,
      ...mailbox,
      accountId: configuration.account.id,
      tokenSecret: configuration.caseTokens.secret ?? '',
    }),
  );
}

async function isFolder(path: string): Promise<boolean> {
  return path !== '-' && (await stat(path).catch(() => null))?.isDirectory() === true;
}

/** The mails of a folder, by name; folders below it are left alone. */
async function mailsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.eml'));
  return names.sort().map((name) => join(folder, name));
}

async function openMail(file: string): Promise<MailSource> {
  if (file === '-') {
    return sourceOfBytes(await buffer(process.stdin));
  }
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    throw new BootError(`${file} cannot be read (${found.code ?? found.message}).`);
  }
  const { size } = found;
  return size <= IN_MEMORY_BYTES
    ? sourceOfBytes(await readFile(file))
    : { size, bytes: null, open: async () => createReadStream(file) };
}

/** The mailbox of ours that a trace names, else those among the recipients of the header; null once for none. */
function reachedMailboxes(payload: EmailPayload, configuration: Configuration): (Mailbox | null)[] {
  const mailboxes = ownMailboxes(configuration);
  const known = new Set(mailboxes.map(({ address }) => address));
  const traced = tracedMailbox(payload, known, null);
  const delivered = ['x-forwarded-to', 'delivered-to'].flatMap((name) => payload.signals[name] ?? []);
  const named = [...namedMailboxes(payload, known), ...delivered.map((recipient) => mailboxOf(known, recipient))];
  const reached = new Set(traced === null ? named : [traced]);
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
