import type { AutomaticClass } from '#libs/interaction';
import { type EmailPayload, untaggedSubject } from '#libs/mail';
import type { TokenSettings } from '../references-of.js';

/** What is ours: mail that names it is mail that we sent. */
export interface AutomaticSettings extends TokenSettings {
  /** Our mailboxes, normalised. */
  readonly ownAddresses?: ReadonlySet<string>;
}

/** What a rule sees of a mail beside its payload. */
export interface Sight {
  readonly payload: EmailPayload;
  /** Empty for the null sender; null when there was no envelope. */
  readonly envelopeFrom: string | null;
  readonly settings: AutomaticSettings;
}

/** Something in a mail that says who or what wrote it. */
export interface Signal {
  readonly class: AutomaticClass;
  readonly text: string;
  /** A hint decides nothing; beside a proof it is kept for people to read. */
  readonly weight: 'proof' | 'hint';
}

/** One family of signals: everything that the mail shows of it. */
export type Family = (sight: Sight) => Signal[];

export function proof(automaticClass: AutomaticClass, text: string): Signal {
  return { class: automaticClass, text, weight: 'proof' };
}

export function hint(automaticClass: AutomaticClass, text: string): Signal {
  return { class: automaticClass, text, weight: 'hint' };
}

/** Values of a header that rules read, topmost first. */
export function valuesOf(payload: EmailPayload, name: string): readonly string[] {
  return payload.signals[name] ?? [];
}

/** The first of the headers that the mail has and whose value does not deny it (`X-Autoreply: no`). */
export function affirmed(payload: EmailPayload, names: readonly string[]): string | null {
  return names.find((name) => valuesOf(payload, name).some((value) => !/^(no|false|0|none)?$/i.test(value))) ?? null;
}

/** How subjects of answers begin; mail programs write it in their users' language. */
const ANSWER =
  /^(re|aw|antw|antwort|sv|vs|odp|ynt|yan|res|rif|ref|r|rv|vá|atb|απ|σχετ|ответ|отв|відп|回复|答复|回覆|返信|답장|회신|رد|תשובה)\s*(?:([[(]\d{1,3}[\])])\s*)?[:：]/iu;

/**
 * It says that it answers another mail. References alone do not: shops write them so that their mails are shown
 * together, or apart.
 */
export function answers(payload: EmailPayload): boolean {
  return (
    payload.inReplyTo.length > 0 || (payload.references.length > 0 && ANSWER.test(untaggedSubject(payload.subject)))
  );
}

/** The null sender (RFC 5321 §4.5.5): whoever sent it wants no answer. */
export function fromNullSender({ payload, envelopeFrom }: Sight): boolean {
  return envelopeFrom === '' || /^<?\s*>?$/.test(valuesOf(payload, 'return-path')[0] ?? 'nobody');
}
