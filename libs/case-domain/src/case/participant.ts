/** The most that a case keeps (domain.md §2). */
export const MOST_PARTICIPANTS = 48;

/** What a participant is for: `cc` gets what is written to the requester, a `follower` is told of changes. */
export const PARTICIPANT_ROLES = ['cc', 'follower'] as const;
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

/** Somebody who may write to a case beside its requester. */
export type Participant = { readonly role: ParticipantRole } &
  /** An address, whoever bears it. */
  (
    | { readonly kind: 'email' | 'phone'; readonly value: string }
    /** `value` is an id. */
    | { readonly kind: 'contact' | 'agent'; readonly value: string }
  );

const FOLLOWER = 'follower:';
const KINDS: ReadonlySet<string> = new Set(['email', 'phone', 'contact', 'agent']);

/** The text as which a case keeps a participant: `email:ana@example.org`, `follower:agent:019c…`. */
export function participantText({ kind, value, role }: Participant): string {
  return `${role === 'follower' ? FOLLOWER : ''}${kind}:${value}`;
}

/**
 * The participant that a text names.
 *
 * @throws Error for a text that no case keeps.
 */
export function participantOf(text: string): Participant {
  const role = text.startsWith(FOLLOWER) ? 'follower' : 'cc';
  const name = role === 'follower' ? text.slice(FOLLOWER.length) : text;
  const colon = name.indexOf(':');
  const kind = name.slice(0, colon);
  if (!KINDS.has(kind)) {
    throw new Error(`"${kind}" is no kind of participant`);
  }
  return { kind: kind as Participant['kind'], value: name.slice(colon + 1), role };
}
