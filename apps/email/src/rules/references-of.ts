import type { Reference, ReferenceVia } from '#libs/interaction';
import type { EmailPayload } from '#libs/mail';
import { findTokens, type FoundTokens } from './find-tokens.js';

const MOST_REFERENCES = 100;
/** Of a longer References header: the conversation's root is among the oldest, its end among the newest. */
const OLDEST_KEPT = 10;
const DELIVERY_HEADERS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-rcpt-to', 'resent-to'];
const NO_TOKENS: FoundTokens = { caseIds: [], forged: false };

export interface TokenSettings {
  readonly accountId: string;
  readonly tokenSecret: string;
  /** Secrets that tokens were issued with before: theirs stay genuine. */
  readonly previousTokenSecrets?: readonly string[];
}

export interface FoundReferences {
  readonly references: Reference[];
  readonly forgedToken: boolean;
}

/**
 * Where the mail says that it belongs, strongest first (domain.md §10):
 * 1. a signed token in a recipient's address, or in a Message-ID of ours that it refers to
 * 2. In-Reply-To
 * 3. References, newest first; then the mail that a report is about, by a token in what came back or by its Message-ID
 * 4. a signed token in the subject or the text
 *
 * Recipients are those of the header and of the envelope; what servers wrote of the recipient counts as well. `answersAMail`: it is a bounce or another automatic answer;
 * only then the ids in its text are about the mail that it answers, a person may quote any.
 */
export function referencesOf(
  payload: EmailPayload,
  recipients: readonly string[],
  answersAMail: boolean,
  settings: TokenSettings,
): FoundReferences {
  const reported = payload.report?.declared === true ? payload.report.originalMessageIds : [];
  const bounced = reported.length > 0 || !answersAMail ? reported : payload.quotedMessageIds;
  const chain = shorten([...payload.references].reverse());
  const secrets = [settings.tokenSecret, ...(settings.previousTokenSecrets ?? [])];
  const find = (texts: readonly string[]) => findTokens(texts, settings.accountId, secrets);
  const inRecipients = find([...recipients, ...delivered(payload)]);
  const inMessageIds = find([...payload.inReplyTo, ...chain, ...bounced]);
  const returned = answersAMail ? find(payload.returned.tokens) : NO_TOKENS;
  const inText = find([payload.subject, payload.text, payload.html ?? '']);
  const cases = (ids: readonly string[], via: ReferenceVia) =>
    ids.map((value) => ({ kind: 'case', value, via }) as const);
  const mails = (ids: readonly string[], via: ReferenceVia) =>
    ids.map((value) => ({ kind: 'message_id', value, via }) as const);
  const all: Reference[] = [
    ...cases(inRecipients.caseIds, 'recipient_token'),
    ...cases(inMessageIds.caseIds, 'message_id_token'),
    ...mails(payload.inReplyTo.slice(0, 10), 'in_reply_to'),
    ...mails(chain, 'references'),
    ...cases(returned.caseIds, 'bounced_message'),
    ...mails(bounced, 'bounced_message'),
    ...cases(inText.caseIds, 'text_token'),
  ];
  return {
    references: onceEach(all, payload.messageId),
    forgedToken: inRecipients.forged || inMessageIds.forged || inText.forged,
  };
}

/** Servers on the way write the recipient that they delivered to; a signed token is as good there as anywhere. */
function delivered({ signals }: EmailPayload): string[] {
  return DELIVERY_HEADERS.flatMap((name) => signals[name] ?? []);
}

function shorten(newestFirst: readonly string[]): readonly string[] {
  return newestFirst.length <= MOST_REFERENCES
    ? newestFirst
    : [...newestFirst.slice(0, MOST_REFERENCES - OLDEST_KEPT), ...newestFirst.slice(-OLDEST_KEPT)];
}

/** Each target once, by its strongest evidence; a mail that names itself says nothing. At most 120 in all. */
function onceEach(references: readonly Reference[], ownId: string | null): Reference[] {
  const byTarget = new Map<string, Reference>();
  for (const reference of references) {
    const target = `${reference.kind} ${reference.value}`;
    if (reference.value !== ownId && !byTarget.has(target)) {
      byTarget.set(target, reference);
    }
  }
  return [...byTarget.values()].slice(0, 120);
}
