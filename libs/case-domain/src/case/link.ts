import type { Actor } from './case-change.js';

export const LINK_KINDS = ['problem_incident', 'follow_up', 'merged', 'parent', 'related'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Who tied two cases by hand. */
export interface LinkAuthor {
  readonly actor: Actor;
  /** Id of the agent for whom a client did it. */
  readonly onBehalfOf: string | null;
}

/** A tie between two cases, as far as decisions read it. */
export interface KnownLink {
  readonly id: string;
  readonly fromCaseId: string;
  readonly toCaseId: string;
  readonly kind: LinkKind;
}

/**
 * A tie that comes into being. One that follows from a rule stands on the newer case's side, so that a closed case is not
 * written; people tie cases that live.
 */
export interface NewLink extends KnownLink {
  readonly kind: 'follow_up' | 'related' | 'merged';
  /** Null: it follows from a rule. */
  readonly createdBy: LinkAuthor | null;
}
