import type { CallOutcome, Interaction } from '#libs/interaction';
import type { SpokenBeside } from './beside.js';
import type { CaseChange } from '../case/case-change.js';

/** Somebody who called or was called, and when. */
export interface CallerProbe {
  /** As `identityOf` names the customer of the call. */
  readonly caller: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Looks for calls near a call, and for cases of who may be the customer. */
export interface CallsProbe extends CallerProbe {
  /** By `identityOf`. */
  readonly identities: readonly string[];
}

/** A call, or a message that was left in one, as later calls of the same number ask for it. */
export interface SpokenCall extends CallerProbe {
  readonly interactionId: string;
  /** Address of the line of ours. */
  readonly line: string | null;
  readonly outcome: CallOutcome;
  readonly caseId: string | null;
  /** It opened that case. */
  readonly opened: boolean;
}

/** All who hide their number: nothing is ever concluded from it but how many of them there are. */
export const WITHHELD = 'withheld';

export function callerKeyOf({ caller, at }: CallerProbe): string {
  return `${caller}\n${at}`;
}

/** A known identity of a contact. */
export interface KnownIdentity {
  readonly contactId: string;
  readonly verified: boolean;
  /** Several contacts hold it: it never identifies alone. */
  readonly shared: boolean;
  /** Who bears it, by id; of a shared one all of them. */
  readonly holders: readonly string[];
  /** The contact that stands for a line behind which several people are; null: there is none yet. */
  readonly lineContactId: string | null;
  /** What the only holder is called. */
  readonly name: string | null;
  readonly blocked: boolean;
}

/** When somebody was heard of, among several who share a number. */
export interface SeenContact {
  /** ISO 8601; null: never. */
  readonly at: string | null;
  /** Ids of endpoints on which they have live cases. */
  readonly liveOn: readonly string[];
}

/** What decisions about calls know beside all others. */
export interface CallsKnown {
  /** By the customer's identity: calls near those of the batch, and those of the batch itself. */
  readonly calls: Map<string, readonly SpokenCall[]>;
  /** When something was heard last in a case (ISO 8601), as far as a caller may be told by it. */
  readonly heard: Map<string, string>;
  /** By id: those who share the numbers of callers. */
  readonly seen: Map<string, SeenContact>;
  /** By the interaction's id: calls and messages around those of the batch, and those of the batch itself. */
  readonly beside: Map<string, SpokenBeside>;
  /** By case: what was spoken in it, as far as its calls may be revised. */
  readonly said: Map<string, readonly Interaction[]>;
  /** By case and field: the interaction that set it last, or `by_hand`; as it was before the batch. */
  readonly setters: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By case: what the batch has changed of it so far. */
  readonly changes: Map<string, readonly CaseChange[]>;
}
