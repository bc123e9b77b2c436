import type { Actor } from '../case/case-change.js';
import type { ContactIdentity, ContactState } from './contact-state.js';

/** A contact after a change, and those of its own identities that the change wrote or took away. */
export interface ContactChanged {
  readonly state: ContactState;
  /** The version that it was decided on; 0: it is new. Equal to that after it where nobody sees a difference. */
  readonly before: number;
  readonly identities: readonly ContactIdentity[];
  /** Of these the ones that are new, by `identityKeyOf`. */
  readonly added: readonly string[];
  /** Taken away for good by a person. */
  readonly removed: readonly Pick<ContactIdentity, 'kind' | 'value'>[];
}

/**
 * One contact lives on in another. All merges that were not undone say together who is who (`survivorsOf`), in the order
 * of `at` and `id`, whatever the order in which they became known.
 */
export interface ContactMerge {
  /** UUID. */
  readonly id: string;
  readonly loserId: string;
  readonly winnerId: string;
  /** ISO instant at which it was said. */
  readonly at: string;
  readonly by: Actor;
  /**
   * The contact that was only heard under a name of the winner's, and is taken to be the winner as long as nothing else is
   * known of who had the name; null: somebody said so of the two.
   */
  readonly heardId: string | null;
  /** ISO instant; null: it stands. Undone, and not because of a name: somebody said that the two are not one. */
  readonly undoneAt: string | null;
}

/** Why an operator, or a directory, wants nothing of a contact to stay. */
export interface ContactErasureRequest {
  readonly id: string;
  readonly contactId: string;
  readonly requestedBy: Actor;
  readonly reason: string | null;
  /** `waiting`: for an operator; `requested`: it may begin. */
  readonly state: 'waiting' | 'requested';
  /** ISO instant. */
  readonly at: string;
}

/** Cases that name the contact may mean somebody else by now, and are looked at again, so many at a time. */
export interface ContactReconsideration {
  readonly contactId: string;
  /** `merged`: it lives on in another one; `identity`: somebody told whose a name of it is. */
  readonly because: 'merged' | 'unmerged' | 'identity';
  readonly by: Actor;
  /** ISO instant. */
  readonly at: string;
}

export const CONTACT_FACT_OUTCOMES = [
  'created',
  'updated',
  'unchanged',
  'flagged_shared',
  'merged',
  'deleted',
  'erasure_requested',
  'refused',
] as const;
export type ContactFactOutcome = (typeof CONTACT_FACT_OUTCOMES)[number];

/** Something in a fact that was not taken as it was told; it names places and contacts, no values. */
export interface ContactFlag {
  readonly flag: 'identity_conflict' | 'shared' | 'merge_cycle';
  /** JSON pointer into the fact. */
  readonly field: string;
  /** The contact that has it. */
  readonly contactId: string | null;
}

/** What became of a fact about a contact: its row, by which a repetition is known. */
export interface ContactFactResult {
  readonly factId: string;
  readonly outcome: ContactFactOutcome;
  readonly contactId: string | null;
  /** JSON pointer into the fact of what `reason` is about. */
  readonly field: string | null;
  /** Stable word; null where all was taken as it was told. */
  readonly reason: string | null;
  readonly flags: readonly ContactFlag[];
}
