import { Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import type { InteractionPublisher } from '#libs/channel-kit';
import type { BlobReference } from '#libs/interaction';
import type { EmailMetrics } from './metrics.js';
import { normalise, type Delivery, type NormaliseSettings } from './normalise.js';
import type { ParseInput } from './parse/parse-protocol.js';
import type { EmailPayload } from './payload.js';
import { readBeginning, type Beginning } from './read-beginning.js';

/** A mailbox of ours, normalised. */
export interface Mailbox extends Omit<NormaliseSettings, 'accountId' | 'tokenSecret'> {
  readonly address: string;
}

/** How a mail got here; which mailboxes it is for. */
export interface MailEnvelope {
  readonly provider: Delivery['provider'];
  readonly receivedAt: Date;
  readonly arrivedAt?: Date;
  readonly from: string | null;
  readonly recipients: readonly string[];
  readonly mailboxes: readonly Mailbox[];
}

/** `durable`: the source may forget the mail. `unavailable`: it must keep it. `too_large`: it must not come again. */
export type ReceiveResult =
  | { readonly outcome: 'durable' }
  | { readonly outcome: 'too_large' }
  | { readonly outcome: 'unavailable'; readonly reason: string };

export interface ReceiveDependencies {
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly parser: { parse(input: ParseInput): Promise<EmailPayload> };
  readonly publisher: Pick<InteractionPublisher, 'publish'>;
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
  const beginning = await readBeginning(content, IN_MEMORY_BYTES);
  const taken = await storeAndParse(beginning, dependencies).catch((error: unknown) => unavailable(content, error));
  await beginning.drain();
  const result = 'outcome' in taken ? taken : await publish(taken, envelope, dependencies);
  dependencies.metrics.received(envelope.provider, result.outcome, (performance.now() - startedAt) / 1000);
  return result;
}

interface Taken {
  readonly raw: BlobReference;
  readonly payload: EmailPayload;
}

async function storeAndParse(
  beginning: Beginning,
  { blobs, parser, maxMessageBytes }: ReceiveDependencies,
): Promise<Taken | ReceiveResult> {
  if (beginning.whole) {
    const { bytes } = beginning;
    const [stored, payload] = await Promise.all([
      blobs.put(bytes, { maxBytes: maxMessageBytes }),
      parser.parse({ bytes }),
    ]);
    return stored.ok ? { raw: referenceTo(stored), payload } : { outcome: 'too_large' };
  }
  const stored = await blobs.put(Readable.from(beginning.rest(), { objectMode: false }), { maxBytes: maxMessageBytes });
  if (!stored.ok) {
    return { outcome: 'too_large' };
  }
  return { raw: referenceTo(stored), payload: await parser.parse({ sha256: stored.sha256, size: stored.size }) };
}

function referenceTo({ sha256, size }: { sha256: string; size: number }): BlobReference {
  return { sha256, size, mediaType: MEDIA_TYPE };
}

/** The store or the parser failed; a source that broke off is no result but an error. */
function unavailable(content: Readable, error: unknown): ReceiveResult {
  if (content.destroyed && !content.readableEnded) {
    throw error;
  }
  return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
}

async function publish(
  { raw, payload }: Taken,
  envelope: MailEnvelope,
  { publisher, accountId, tokenSecret, metrics }: ReceiveDependencies,
): Promise<ReceiveResult> {
  const interactions = envelope.mailboxes.map(({ address, ...settings }) =>
    normalise(
      payload,
      {
        provider: envelope.provider,
        mailbox: address,
        receivedAt: envelope.receivedAt,
        arrivedAt: envelope.arrivedAt,
        envelopeFrom: envelope.from,
        envelopeRecipients: envelope.recipients,
        raw,
      },
      { ...settings, accountId, tokenSecret },
    ),
  );
  metrics.parsed(payload.flags);
  const result = await publisher.publish(interactions);
  return result.outcome === 'published' ? { outcome: 'durable' } : result;
}
