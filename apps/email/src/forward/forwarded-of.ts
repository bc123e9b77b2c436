import { normaliseEmailAddress, type Forwarded, type Reference } from '#libs/interaction';
import { beginning, type EmailPayload, type MailAddress } from '#libs/mail';
import { rewrittenSender } from './rewritten-sender.js';

/** What must be known of our own side to find the author behind a sender. */
export interface ForwardSettings {
  /** Addresses of ours, normalised. */
  readonly ownAddresses?: ReadonlySet<string>;
  /** Senders that nobody can answer, whose Reply-To is the author: addresses or `@domain`s. */
  readonly replyToSenders?: readonly string[];
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * The author behind the sender, however the mail shows one; what comes of it is for the rules to say.
 * 1. a list or a form that took the author's place;
 * 2. a mail that was forwarded, attached or in the text.
 */
export function forwardedOf(payload: EmailPayload, settings: ForwardSettings): Forwarded | null {
  const own = settings.ownAddresses ?? NOBODY;
  const rewritten = rewrittenSender(payload, own, settings.replyToSenders ?? []);
  if (rewritten !== null) {
    return byAuthor(rewritten.author, (author) => ({ ...rewritten, author }));
  }
  const { forward } = payload;
  return forward === null
    ? null
    : byAuthor(forward.author, (author) => ({
        author,
        method: forward.method,
        confidence: forward.confidence,
        messageId: forward.messageId,
        subject: forward.subject,
        sentAt: forward.sentAt,
        note: forward.note === '' ? null : beginning(forward.note, 20_000),
        text: forward.text === '' ? null : forward.text,
      }));
}

/**
 * The names that an attached mail bears and refers to, newest first: what its author writes next will refer to them.
 * They count only when an agent forwarded it; anybody can attach anything.
 */
export function forwardedReferences({ forward }: EmailPayload): Reference[] {
  const ids = forward === null ? [] : [forward.messageId, ...[...forward.references].reverse()];
  return ids.flatMap((value) =>
    value === null ? [] : [{ kind: 'message_id', value, via: 'forwarded_message' } as const],
  );
}

function byAuthor({ name, address }: MailAddress, build: (author: Forwarded['author']) => Forwarded): Forwarded | null {
  const value = normaliseEmailAddress(address);
  return value === null ? null : build({ kind: 'email', value, name: name === '' ? null : beginning(name, 500) });
}
