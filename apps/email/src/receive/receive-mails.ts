import type { Readable } from 'node:stream';
import type { PublishResult } from '#libs/channel-kit';
import { prepareMail, type MailEnvelope, type PreparedMail, type ReceiveDependencies } from './receive-mail.js';

/** A mail that was fetched, and how it got here. */
export interface MailInHand {
  /** Whole, or as a stream when it is large. */
  readonly content: Buffer | Readable;
  readonly envelope: MailEnvelope;
}

/** How many of the mails, counted from the first, are durable; the reason when it is not all. */
export interface ReceivedMails {
  readonly durable: number;
  readonly reason: string | null;
}

/** Stores and parses mails side by side, in any order; the results are in the order of the mails. Never rejects. */
export function prepareMails(mails: readonly MailInHand[], dependencies: ReceiveDependencies): Promise<PreparedMail[]> {
  return Promise.all(
    mails.map(({ content, envelope }) =>
      prepareMail(content, envelope, dependencies).catch((error: unknown): PreparedMail => {
        return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
      }),
    ),
  );
}

/**
 * Publishes mails in one go, up to the first that could not be prepared. When the log does not take them together, they
 * are published one by one, so that those before one that it never takes get through.
 */
export async function publishMails(
  prepared: readonly PreparedMail[],
  { publisher, metrics }: ReceiveDependencies,
  startedAt: number,
): Promise<ReceivedMails> {
  const end = prepared.findIndex(({ outcome }) => outcome !== 'prepared');
  const ready = (end < 0 ? prepared : prepared.slice(0, end)).flatMap((mail) =>
    mail.outcome === 'prepared' ? [mail.interactions] : [],
  );
  const failure = prepared[end];
  const notPrepared = failure === undefined ? null : failure.outcome === 'unavailable' ? failure.reason : 'too large';
  const together = await publishOrNothing(ready.flat(), publisher);
  const result =
    together.outcome === 'published' || ready.length === 1
      ? { durable: together.outcome === 'published' ? ready.length : 0, refused: reasonOf(together) }
      : await publishOneByOne(ready, publisher);
  const seconds = (performance.now() - startedAt) / 1000;
  ready.slice(0, result.durable).forEach(() => metrics.received('imap', 'durable', seconds));
  const reason = result.refused ?? notPrepared;
  if (reason !== null) {
    metrics.received('imap', 'unavailable', seconds);
  }
  return { durable: result.durable, reason };
}

type Publisher = ReceiveDependencies['publisher'];
type Publication = readonly Parameters<Publisher['publish']>[0][number][];

async function publishOrNothing(interactions: Publication, publisher: Publisher): Promise<PublishResult> {
  return interactions.length === 0 ? { outcome: 'published' } : publisher.publish(interactions);
}

async function publishOneByOne(
  mails: readonly Publication[],
  publisher: Publisher,
): Promise<{ durable: number; refused: string | null }> {
  for (const [durable, interactions] of mails.entries()) {
    const result = await publishOrNothing(interactions, publisher);
    if (result.outcome !== 'published') {
      return { durable, refused: result.reason };
    }
  }
  return { durable: mails.length, refused: null };
}

function reasonOf(result: PublishResult): string | null {
  return result.outcome === 'published' ? null : result.reason;
}
