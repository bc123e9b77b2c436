import { Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import { errorMessage } from '#libs/runtime';
import type { SenderVerifier } from '../authenticate/sender-verifier.js';
import type { ParsedMail, ParseInput } from '../parse/parse-protocol.js';
import type { OwnResults } from '../rules/trust/trust-of.js';
import type { MailEnvelope, MailInHand, Refusal } from './mail-in-hand.js';

/** A mail whose bytes are durable, and what it says. */
export interface StoredMail extends ParsedMail {
  readonly outcome: 'stored';
  /** What our own check of its sender found; null when no mailbox asks for it. */
  readonly verified: OwnResults | null;
}

export interface MailParser {
  /** Bytes that it is given are durable too when it resolves. Rejects when the store failed, never because of the mail. */
  parse(input: ParseInput): Promise<ParsedMail>;
}

export interface StoreAndParseDependencies {
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly parser: MailParser;
  /** Without it no sender is verified. */
  readonly verifier?: Pick<SenderVerifier, 'verify'>;
  /** Bytes. */
  readonly maxMessageBytes: number;
}

/** Mails up to this size are stored and parsed at the same time; larger ones are parsed after they are stored. */
const IN_MEMORY_BYTES = 256 * 1024;

/**
 * A small mail goes to a thread, which stores and parses it; a large one is stored while it comes and read from there.
 * Meanwhile its sender is verified where a mailbox asks for it.
 *
 * Rejects when the source broke off; a mail in one piece never does.
 */
export async function storeAndParse(
  { content, envelope }: MailInHand,
  dependencies: StoreAndParseDependencies,
): Promise<StoredMail | Refusal> {
  if (Buffer.isBuffer(content)) {
    return fromMemory(content, envelope, dependencies).catch(unavailable);
  }
  const beginning = await readBeginning(content, IN_MEMORY_BYTES);
  const taking = beginning.whole
    ? fromMemory(beginning.bytes, envelope, dependencies)
    : fromStore(beginning, envelope, dependencies);
  const taken = await taking.catch((error: unknown) => {
    if (content.destroyed && !content.readableEnded) {
      throw error;
    }
    return unavailable(error);
  });
  await beginning.drain();
  return taken;
}

async function fromMemory(
  bytes: Buffer,
  envelope: MailEnvelope,
  dependencies: StoreAndParseDependencies,
): Promise<StoredMail | Refusal> {
  return bytes.length > dependencies.maxMessageBytes ? TOO_LARGE : parseAndVerify({ bytes }, envelope, dependencies);
}

async function fromStore(
  beginning: Beginning,
  envelope: MailEnvelope,
  dependencies: StoreAndParseDependencies,
): Promise<StoredMail | Refusal> {
  const content = Readable.from(beginning.rest(), { objectMode: false });
  const stored = await dependencies.blobs.put(content, { maxBytes: dependencies.maxMessageBytes });
  return stored.ok ? parseAndVerify({ sha256: stored.sha256, size: stored.size }, envelope, dependencies) : TOO_LARGE;
}

async function parseAndVerify(
  input: ParseInput,
  { mailboxes, session }: MailEnvelope,
  { parser, verifier }: StoreAndParseDependencies,
): Promise<StoredMail> {
  const isAsked = mailboxes.some(({ verifySenders }) => verifySenders === true);
  const [parsed, verified] = await Promise.all([
    parser.parse(input),
    verifier !== undefined && isAsked ? verifier.verify(input, session ?? null) : null,
  ]);
  return { ...parsed, outcome: 'stored', verified };
}

const TOO_LARGE: Refusal = { outcome: 'too_large', reason: 'too large' };

/** The store or the parser failed. */
export function unavailable(error: unknown): Refusal {
  return { outcome: 'unavailable', reason: errorMessage(error) };
}

/** The first bytes of a stream, and a way to read all of it. */
interface Beginning {
  readonly bytes: Buffer;
  /** Whether `bytes` is everything. */
  readonly whole: boolean;
  /** The whole content: what was read already, then the rest of the stream. */
  rest(): AsyncGenerator<Buffer>;
  /** Reads what nobody wants any more, so that the sender can be answered. Rejects when the stream breaks. */
  drain(): Promise<void>;
}

/** Reads until a stream ends or more than `limit` bytes came. Rejects when the stream breaks. */
async function readBeginning(content: Readable, limit: number): Promise<Beginning> {
  const iterator = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let size = 0;
  let whole = false;
  while (size <= limit && !whole) {
    const next = await iterator.next();
    if (next.done === true) {
      whole = true;
    } else {
      chunks.push(next.value);
      size += next.value.length;
    }
  }
  return {
    bytes: Buffer.concat(chunks),
    whole,
    async *rest() {
      yield* chunks.splice(0);
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield next.value;
      }
    },
    async drain() {
      while (!whole && (await iterator.next()).done !== true) {
        // what was read is dropped
      }
    },
  };
}
