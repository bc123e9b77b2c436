import { Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import type { InteractionPublisher } from '#libs/channel-kit';
import type { BlobReference, Interaction } from '#libs/interaction';
import type { EmailPayload } from '#libs/mail';
import type { SenderVerifier } from '../authenticate/sender-verifier.js';
import type { SessionFacts } from '../authenticate/verify-sender.js';
import { normalise, type Delivery, type NormaliseSettings } from '../normalise/normalise.js';
import type { StoredAndParsed } from '../parse/parse-pool.js';
import type { ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import type { EmailMetrics } from './metrics.js';
import { readBeginning, type Beginning } from './read-beginning.js';

/** A mailbox of ours, normalised. */
export interface Mailbox extends Omit<NormaliseSettings, 'accountId' | 'tokenSecret'> {
  readonly address: string;
  /** DKIM, SPF and DMARC are checked for it. */
  readonly verifySenders?: boolean;
}

/** How a mail got here; which mailboxes it is for. */
export interface MailEnvelope {
  readonly provider: Delivery['provider'];
  readonly receivedAt: Date;
  readonly arrivedAt?: Date;
  /** Of providers that have one; see `Delivery`. */
  readonly providerThreadId?: string | null;
  readonly from: string | null;
  readonly recipients: readonly string[];
  readonly mailboxes: readonly Mailbox[];
  /** The SMTP session; without it SPF is not checked. */
  readonly session?: SessionFacts | null;
}

/** `durable`: the source may forget the mail. `unavailable`: it must keep it. `too_large`: it must not come again. */
export type ReceiveResult =
  | { readonly outcome: 'durable' }
  | { readonly outcome: 'too_large' }
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Rejects when the blob store failed, never because of the mail. */
export interface MailParser {
  parse(input: ParseInput): Promise<EmailPayload>;
  /** Stores the bytes at the same time, elsewhere than in this thread; without it they are stored here. */
  storeAndParse?(bytes: Uint8Array): Promise<StoredAndParsed>;
}

export interface ReceiveDependencies {
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly parser: MailParser;
  readonly publisher: Pick<InteractionPublisher, 'publish'>;
  /** Without it no sender is verified. */
  readonly verifier?: Pick<SenderVerifier, 'verify'>;
  readonly metrics: EmailMetrics;
  readonly accountId: string;
  readonly tokenSecret: string;
  /** Bytes. */
  readonly maxMessageBytes: number;
}

/** Mails up to this size are parsed from memory while they are stored; larger ones after they are stored. */
const IN_MEMORY_BYTES = 256 * 1024;
const MEDIA_TYPE = 'message/rfc822';

/**
 * One mail from its bytes to its record, whatever source it came from.
 * 1. Store the raw bytes; a small mail is parsed at the same time.
 * 2. Parse in a worker, within its time limit.
 * 3. Normalise once for every mailbox that was reached: one id, several endpoints.
 * 4. Publish; only then the source may forget the mail.
 *
 * Rejects when the source broke off. Everything else is a value.
 */
export async function receiveMail(
  content: Readable,
  envelope: MailEnvelope,
  dependencies: ReceiveDependencies,
): Promise<ReceiveResult> {
  const startedAt = performance.now();
  const prepared = await prepareMail(content, envelope, dependencies);
  const result = prepared.outcome === 'prepared' ? await publish(prepared.interactions, dependencies) : prepared;
  dependencies.metrics.received(envelope.provider, result.outcome, (performance.now() - startedAt) / 1000);
  return result;
}

/** A mail that is stored and understood, and not yet published; or what became of it instead. */
export type PreparedMail =
  | { readonly outcome: 'prepared'; readonly interactions: readonly Interaction[] }
  | Exclude<ReceiveResult, { readonly outcome: 'durable' }>;

/** Phases 1 to 3 of `receiveMail`. Rejects when the source broke off; content in one piece never does. */
export async function prepareMail(
  content: Readable | Buffer,
  envelope: MailEnvelope,
  dependencies: ReceiveDependencies,
): Promise<PreparedMail> {
  const taken = await takeMail(content, envelope, dependencies);
  return 'outcome' in taken
    ? taken
    : { outcome: 'prepared', interactions: interactionsOf(taken, envelope, dependencies) };
}

interface Taken {
  readonly raw: BlobReference;
  readonly payload: EmailPayload;
  /** Null when no mailbox asks for it. */
  readonly verified: OwnResults | null;
}

type NotTaken = Exclude<ReceiveResult, { readonly outcome: 'durable' }>;

async function takeMail(
  content: Readable | Buffer,
  envelope: MailEnvelope,
  dependencies: ReceiveDependencies,
): Promise<Taken | NotTaken> {
  if (Buffer.isBuffer(content)) {
    return storeAndParse(content, envelope, dependencies).catch(unavailable);
  }
  const beginning = await readBeginning(content, IN_MEMORY_BYTES);
  const taking = beginning.whole
    ? storeAndParse(beginning.bytes, envelope, dependencies)
    : storeThenParse(beginning, envelope, dependencies);
  const taken = await taking.catch((error: unknown) => {
    if (content.destroyed && !content.readableEnded) {
      throw error;
    }
    return unavailable(error);
  });
  await beginning.drain();
  return taken;
}

async function storeAndParse(
  bytes: Buffer,
  envelope: MailEnvelope,
  dependencies: ReceiveDependencies,
): Promise<Taken | NotTaken> {
  if (bytes.length > dependencies.maxMessageBytes) {
    return { outcome: 'too_large' };
  }
  const [{ raw, payload }, verified] = await Promise.all([
    storedAndParsed(bytes, dependencies),
    verify({ bytes }, envelope, dependencies),
  ]);
  return { raw: referenceTo(raw), payload, verified };
}

async function storedAndParsed(bytes: Buffer, { blobs, parser }: ReceiveDependencies): Promise<StoredAndParsed> {
  if (parser.storeAndParse !== undefined) {
    return parser.storeAndParse(bytes);
  }
  const [raw, payload] = await Promise.all([blobs.put(bytes), parser.parse({ bytes })]);
  if (!raw.ok) {
    throw new Error('the blob store refused a mail for its size');
  }
  return { raw, payload };
}

async function storeThenParse(
  beginning: Beginning,
  envelope: MailEnvelope,
  dependencies: ReceiveDependencies,
): Promise<Taken | NotTaken> {
  const { blobs, parser, maxMessageBytes } = dependencies;
  const stored = await blobs.put(Readable.from(beginning.rest(), { objectMode: false }), { maxBytes: maxMessageBytes });
  if (!stored.ok) {
    return { outcome: 'too_large' };
  }
  const input = { sha256: stored.sha256, size: stored.size };
  const [payload, verified] = await Promise.all([parser.parse(input), verify(input, envelope, dependencies)]);
  return { raw: referenceTo(stored), payload, verified };
}

async function verify(
  input: ParseInput,
  { mailboxes, session }: MailEnvelope,
  { verifier }: ReceiveDependencies,
): Promise<OwnResults | null> {
  const isAsked = mailboxes.some(({ verifySenders }) => verifySenders === true);
  return verifier !== undefined && isAsked ? verifier.verify(input, session ?? null) : null;
}

function referenceTo({ sha256, size }: { sha256: string; size: number }): BlobReference {
  return { sha256, size, mediaType: MEDIA_TYPE };
}

/** The store or the parser failed. */
function unavailable(error: unknown): NotTaken {
  return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
}

function interactionsOf(
  { raw, payload, verified }: Taken,
  envelope: MailEnvelope,
  { accountId, tokenSecret, metrics }: ReceiveDependencies,
): Interaction[] {
  metrics.parsed(payload.flags);
  return envelope.mailboxes.map(({ address, verifySenders, ...settings }) =>
    normalise(
      payload,
      {
        provider: envelope.provider,
        mailbox: address,
        receivedAt: envelope.receivedAt,
        arrivedAt: envelope.arrivedAt,
        providerThreadId: envelope.providerThreadId ?? null,
        envelopeFrom: envelope.from,
        envelopeRecipients: envelope.recipients,
        raw,
        verified: verifySenders === true ? verified : null,
      },
      { ...settings, accountId, tokenSecret },
    ),
  );
}

async function publish(
  interactions: readonly Interaction[],
  { publisher }: ReceiveDependencies,
): Promise<ReceiveResult> {
  const result = await publisher.publish(interactions);
  return result.outcome === 'published' ? { outcome: 'durable' } : result;
}
