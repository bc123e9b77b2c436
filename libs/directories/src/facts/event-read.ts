import type { ContactFact, Interaction } from '#libs/interaction';
import type { BodyProblem } from '#libs/webhook';

/** Why nothing comes of an event that was read; kept in the delivery log. */
export type Uninteresting = 'unknown-type' | 'test' | 'own-echo' | 'nothing-told' | 'no-contact';

/** What one event of a directory amounts to. */
export interface DirectoryEvent {
  /** The directory's name of it. */
  readonly eventId: string;
  readonly told: readonly (ContactFact | Interaction)[];
  /** `reason: detail` where nothing comes of it, or where an address of it was left out; null otherwise. */
  readonly note: string | null;
}

/** A request is taken whole or not at all. */
export type DirectoryEvents =
  | { readonly ok: true; readonly events: readonly DirectoryEvent[] }
  | { readonly ok: false; readonly problems: readonly BodyProblem[] };

export function ignoredEvent(eventId: string, reason: Uninteresting, detail: string | null = null): DirectoryEvent {
  return { eventId, told: [], note: detail === null ? reason : `${reason}: ${detail.slice(0, 100)}` };
}

export function wrongBody(...problems: readonly BodyProblem[]): DirectoryEvents {
  return { ok: false, problems };
}
