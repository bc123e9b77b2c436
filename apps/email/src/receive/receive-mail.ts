import type { Readable } from 'node:stream';
import type { Interaction } from '#libs/interaction';
import { normalise } from '../normalise/normalise.js';
import type { MailEnvelope, MailInHand, Refusal } from './mail-in-hand.js';
import { publishMails, type PreparedMail, type PublishDependencies } from './publish-mails.js';
import { storeAndParse, unavailable, type StoreAndParseDependencies, type StoredMail } from './store-and-parse.js';

export interface ReceiveDependencies extends StoreAndParseDependencies, PublishDependencies {
  readonly accountId: string;
  readonly tokenSecret: string;
}

/**
 * A mail from its bytes to its record, whatever source it came from.
 * 1. Store and parse it: `store-and-parse.ts`, in a thread of `../parse`.
 * 2. Normalise it once for every mailbox that was reached: one id, several endpoints.
 * 3. Publish it: `publish-mails.ts`. Only then the source may forget it.
 *
 * SMTP takes one mail all the way. Of a mailbox many mails are prepared side by side (1 and 2), then published together.
 *
 * Null when the mail is durable. Rejects when the source broke off; everything else is a value.
 */
export async function receiveMail(
  content: Readable,
  envelope: MailEnvelope,
  dependencies: ReceiveDependencies,
): Promise<Refusal | null> {
  const origin = { provider: envelope.provider, startedAt: performance.now() };
  const prepared = await prepareMail({ content, envelope }, dependencies);
  const { refusal } = await publishMails([prepared], origin, dependencies);
  return refusal;
}

/** Phases 1 and 2 for mails side by side, in any order; the results are in the order of the mails. Never rejects. */
export function prepareMails(mails: readonly MailInHand[], dependencies: ReceiveDependencies): Promise<PreparedMail[]> {
  return Promise.all(mails.map((mail) => prepareMail(mail, dependencies).catch(unavailable)));
}

async function prepareMail(mail: MailInHand, dependencies: ReceiveDependencies): Promise<PreparedMail> {
  const stored = await storeAndParse(mail, dependencies);
  return stored.outcome === 'stored'
    ? { outcome: 'prepared', interactions: interactionsOf(stored, mail.envelope, dependencies) }
    : stored;
}

function interactionsOf(
  { raw, payload, verified }: StoredMail,
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
