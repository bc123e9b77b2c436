import type { Interaction } from '#libs/interaction';
import type { Actor } from '../case/case-change.js';
import type { Redaction } from '../case/comment.js';
import type { ThreadTarget } from './snapshot.js';

/** What an interaction said is taken away for good; who did it, when and why stays. */
export interface InteractionRedaction extends Redaction {
  /** That it was decided on. */
  readonly revision: number;
  /** What is left of it. */
  readonly left: Interaction;
  /** SHA-256 of what it referred to in the blob store. */
  readonly contents: readonly string[];
  /** The words that the case which it opened has copied, and that case; null when there is none. */
  readonly copies: CopiedWords | null;
}

/** What a case copied of the interaction that opened it. */
export interface CopiedWords {
  readonly caseId: string;
  readonly number: string | null;
  /** The case that it was merged into, where a note sums it up. */
  readonly mainId: string | null;
  readonly subject: string;
  readonly description: string;
  /** Earlier versions of them were told as well, as more became known of a call. */
  readonly everyVersion: boolean;
}

/** One interaction goes to another case, or off its case, because a person says so. */
export interface Relink {
  readonly interactionId: string;
  /** Where it was when that was decided. */
  readonly fromCaseId: string | null;
  readonly toCaseId: string | null;
  /** Whether later replies follow it. */
  readonly thread: boolean;
  readonly by: Actor;
  /** Id of the agent for whom a client did it. */
  readonly onBehalfOf: string | null;
  /** ISO instant. */
  readonly at: string;
}

/** A thread key leads elsewhere from now on. Null: nowhere. */
export interface ThreadMove {
  readonly kind: string;
  readonly value: string;
  /** Where it led when that was decided. */
  readonly from: ThreadTarget | null;
  readonly to: ThreadTarget | null;
}

/**
 * Regular expressions, read alike by JavaScript and PostgreSQL, without regard to case. None has a quantifier within a
 * quantifier. Null: there is nothing to look for.
 */
export interface Traces {
  /** Addresses, numbers and keys, which are hers alone: looked for everywhere. */
  readonly unique: string | null;
  /** The names as well, which others may bear too: looked for only where it is known to be about her. */
  readonly all: string | null;
  /** Each word of the names as well: looked for in what was said with her. */
  readonly own: string | null;
}

/** What the history of a case and all that was written in it lose of a person. */
export interface CaseErasure {
  readonly caseId: string;
  /** She asked for it: what it is about goes as a whole. */
  readonly isHers: boolean;
  readonly traces: Traces;
}
