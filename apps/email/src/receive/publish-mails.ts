import type { InteractionPublisher } from '#libs/channel-kit';
import type { Interaction } from '#libs/interaction';
import type { Delivery } from '../normalise/normalise.js';
import type { Refusal } from './mail-in-hand.js';
import type { EmailMetrics } from './metrics.js';

/** A mail that is stored and understood, and not yet published; or why it is not. */
export type PreparedMail = { readonly outcome: 'prepared'; readonly interactions: readonly Interaction[] } | Refusal;

/** How many of the mails, counted from the first, are durable; what stopped the next one when it is not all. */
export interface PublishedMails {
  readonly durable: number;
  readonly refusal: Refusal | null;
}

export interface PublishDependencies {
  readonly publisher: Pick<InteractionPublisher, 'publish'>;
  readonly metrics: EmailMetrics;
}

/** Where mails came from, and when they began to: `performance.now()`. */
export interface Origin {
  readonly provider: Delivery['provider'];
  readonly startedAt: number;
}

/**
 * Publishes mails in one go, up to the first that could not be prepared. When the log does not take them together, they
 * are published one by one, so that those before one that it never takes get through.
 */
export async function publishMails(
  prepared: readonly PreparedMail[],
  { provider, startedAt }: Origin,
  { publisher, metrics }: PublishDependencies,
): Promise<PublishedMails> {
  const ready: (readonly Interaction[])[] = [];
  let notPrepared: Refusal | null = null;
  for (const mail of prepared) {
    if (mail.outcome !== 'prepared') {
      notPrepared = mail;
      break;
    }
    ready.push(mail.interactions);
  }
  const together = await publish(ready.flat(), publisher);
  const isOneByOne = together !== null && ready.length > 1;
  const published = isOneByOne
    ? await publishOneByOne(ready, publisher)
    : { durable: together === null ? ready.length : 0, refusal: together };
  const refusal = published.refusal ?? notPrepared;
  const seconds = (performance.now() - startedAt) / 1000;
  ready.slice(0, published.durable).forEach(() => metrics.received(provider, 'durable', seconds));
  if (refusal !== null) {
    metrics.received(provider, refusal.outcome, seconds);
  }
  return { durable: published.durable, refusal };
}

type Publisher = PublishDependencies['publisher'];

/** Null when all of them are durable. */
async function publish(interactions: readonly Interaction[], publisher: Publisher): Promise<Refusal | null> {
  const result = interactions.length === 0 ? null : await publisher.publish(interactions);
  return result === null || result.outcome === 'published' ? null : result;
}

async function publishOneByOne(
  mails: readonly (readonly Interaction[])[],
  publisher: Publisher,
): Promise<PublishedMails> {
  for (const [durable, interactions] of mails.entries()) {
    const refusal = await publish(interactions, publisher);
    if (refusal !== null) {
      return { durable, refusal };
    }
  }
  return { durable: mails.length, refusal: null };
}
