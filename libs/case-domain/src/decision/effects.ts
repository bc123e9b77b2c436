import type { Changed } from '../case/change.js';
import type { NewAttaching } from '../case/attachment.js';
import type { CommentEdit, NewComment, Redaction } from '../case/comment.js';
import type { NewLink } from '../case/link.js';
import type {
  ContactChanged,
  ContactErasureRequest,
  ContactMerge,
  ContactReconsideration,
} from '../contact/contact-change.js';
import type { Callback, ContactChoice, PressResult, ToldCallback } from './press.js';
import type { CaseErasure, InteractionRedaction, Relink, ThreadMove } from './moved-words.js';
import type { Suspension } from './verdict.js';
import type { ThreadTarget } from './snapshot.js';

export type { CaseErasure, CopiedWords, InteractionRedaction, Relink, ThreadMove, Traces } from './moved-words.js';

/**
 * A contact that comes into being (R5, R6, R7). Its id says nothing about it: one that came from an address would outlive
 * the erasure of the address in every event, and bring an erased person back under the same id.
 */
export interface NewContact {
  readonly id: string;
  readonly kind: 'person' | 'shared_line' | 'anonymous';
  readonly name: string | null;
  readonly identity: { readonly kind: string; readonly value: string; readonly raw: string } | null;
  readonly verified: boolean;
  /** A person has made it, and not an interaction alone. */
  readonly byHand?: boolean;
  /** Further identities of it; `shared`: somebody holds it already, and it identifies nobody alone from then on. */
  readonly more?: readonly NewIdentityOf[];
}

interface NewIdentityOf {
  readonly kind: string;
  readonly value: string;
  readonly raw: string;
  readonly shared?: boolean;
}

/** A thread key to write. `interactionId` null: the key is awaited. */
export interface ThreadClaim extends ThreadTarget {
  readonly kind: string;
  readonly value: string;
}

/** A case is to be kept whatever else says that it may go, or not any more. It stands beside the case, which may be closed. */
export interface HoldChange {
  readonly caseId: string;
  readonly on: boolean;
  readonly reason: string;
  /** ISO instant. */
  readonly at: string;
}

/** A task was due and is not done: told once for each time at which it is due. */
export interface ToldOverdue {
  readonly caseId: string;
  /** ISO instant. */
  readonly dueAt: string;
}

/** All interactions of a case go to another one, in which it ended. */
export interface Move {
  readonly fromCaseId: string;
  readonly toCaseId: string;
}

/** An interaction begins to wait for a person, or a person ends that. */
export type SuspensionChange = OpenedSuspension | (SuspensionWord & { readonly interactionId: string });

interface OpenedSuspension {
  readonly change: 'opened';
  readonly interactionId: string;
  readonly reason: Suspension;
}

/** What a person says about an interaction that waits. */
export interface SuspensionWord {
  readonly change: 'released' | 'rejected';
  /** Who says so. */
  readonly by: string;
  readonly note: string | null;
}

/** A turn of an agent in a group: the next one is somebody else's. */
export interface Turn {
  readonly groupId: string;
  readonly agentId: string;
  /** ISO instant; no two turns of a group share one. */
  readonly at: string;
}

/**
 * Everything that a decision does, as data. Putting effects one after another is associative, and `NO_EFFECTS` changes
 * nothing. A member enters with what writes it.
 */
export interface Effects {
  /** Changes in their order, each beside its case right after it; the first of an unknown id opens the case. */
  readonly cases: readonly Changed[];
  readonly comments: readonly NewComment[];
  readonly commentEdits: readonly CommentEdit[];
  readonly commentRedactions: readonly Redaction[];
  readonly interactionRedactions: readonly InteractionRedaction[];
  /** Ids of interactions of which nobody is to be known any more. */
  readonly erasedInteractions: readonly string[];
  readonly erasures: readonly CaseErasure[];
  readonly attachments: readonly NewAttaching[];
  readonly contacts: readonly NewContact[];
  /** Contacts after changes of what is told of them, in order; of a new one the first begins it. */
  readonly contactChanges: readonly ContactChanged[];
  /** Merges that are said, or undone. */
  readonly contactMerges: readonly ContactMerge[];
  readonly contactErasures: readonly ContactErasureRequest[];
  readonly reconsiderations: readonly ContactReconsideration[];
  readonly threads: readonly ThreadClaim[];
  readonly links: readonly NewLink[];
  /** Ids of links that are taken away; no other link ever gets one of them. */
  readonly unlinked: readonly string[];
  readonly suspensions: readonly SuspensionChange[];
  readonly moves: readonly Move[];
  readonly relinks: readonly Relink[];
  readonly threadMoves: readonly ThreadMove[];
  readonly turns: readonly Turn[];
  readonly holds: readonly HoldChange[];
  readonly overdue: readonly ToldOverdue[];
  readonly presses: readonly PressResult[];
  readonly contactChoices: readonly ContactChoice[];
  readonly callbacks: readonly Callback[];
  readonly toldCallbacks: readonly ToldCallback[];
}

const NONE: readonly never[] = Object.freeze([]);

export const NO_EFFECTS: Effects = Object.freeze({
  cases: NONE,
  comments: NONE,
  commentEdits: NONE,
  commentRedactions: NONE,
  interactionRedactions: NONE,
  erasedInteractions: NONE,
  erasures: NONE,
  attachments: NONE,
  contacts: NONE,
  contactChanges: NONE,
  contactMerges: NONE,
  contactErasures: NONE,
  reconsiderations: NONE,
  threads: NONE,
  links: NONE,
  unlinked: NONE,
  suspensions: NONE,
  moves: NONE,
  relinks: NONE,
  threadMoves: NONE,
  turns: NONE,
  holds: NONE,
  overdue: NONE,
  presses: NONE,
  contactChoices: NONE,
  callbacks: NONE,
  toldCallbacks: NONE,
});

/** Effects of which only some kinds are there; the lists that are absent share one. */
export function effectsOf(some: Partial<Effects>): Effects {
  return {
    cases: some.cases ?? NONE,
    comments: some.comments ?? NONE,
    commentEdits: some.commentEdits ?? NONE,
    commentRedactions: some.commentRedactions ?? NONE,
    interactionRedactions: some.interactionRedactions ?? NONE,
    erasedInteractions: some.erasedInteractions ?? NONE,
    erasures: some.erasures ?? NONE,
    attachments: some.attachments ?? NONE,
    contacts: some.contacts ?? NONE,
    contactChanges: some.contactChanges ?? NONE,
    contactMerges: some.contactMerges ?? NONE,
    contactErasures: some.contactErasures ?? NONE,
    reconsiderations: some.reconsiderations ?? NONE,
    threads: some.threads ?? NONE,
    links: some.links ?? NONE,
    unlinked: some.unlinked ?? NONE,
    suspensions: some.suspensions ?? NONE,
    moves: some.moves ?? NONE,
    relinks: some.relinks ?? NONE,
    threadMoves: some.threadMoves ?? NONE,
    turns: some.turns ?? NONE,
    holds: some.holds ?? NONE,
    overdue: some.overdue ?? NONE,
    presses: some.presses ?? NONE,
    contactChoices: some.contactChoices ?? NONE,
    callbacks: some.callbacks ?? NONE,
    toldCallbacks: some.toldCallbacks ?? NONE,
  };
}

/** The first effects, then the second. */
export function followedBy(first: Effects, second: Effects): Effects {
  return {
    cases: joined(first.cases, second.cases),
    comments: joined(first.comments, second.comments),
    commentEdits: joined(first.commentEdits, second.commentEdits),
    commentRedactions: joined(first.commentRedactions, second.commentRedactions),
    interactionRedactions: joined(first.interactionRedactions, second.interactionRedactions),
    erasedInteractions: joined(first.erasedInteractions, second.erasedInteractions),
    erasures: joined(first.erasures, second.erasures),
    attachments: joined(first.attachments, second.attachments),
    contacts: joined(first.contacts, second.contacts),
    contactChanges: joined(first.contactChanges, second.contactChanges),
    contactMerges: joined(first.contactMerges, second.contactMerges),
    contactErasures: joined(first.contactErasures, second.contactErasures),
    reconsiderations: joined(first.reconsiderations, second.reconsiderations),
    threads: joined(first.threads, second.threads),
    links: joined(first.links, second.links),
    unlinked: joined(first.unlinked, second.unlinked),
    suspensions: joined(first.suspensions, second.suspensions),
    moves: joined(first.moves, second.moves),
    relinks: joined(first.relinks, second.relinks),
    threadMoves: joined(first.threadMoves, second.threadMoves),
    turns: joined(first.turns, second.turns),
    holds: joined(first.holds, second.holds),
    overdue: joined(first.overdue, second.overdue),
    presses: joined(first.presses, second.presses),
    contactChoices: joined(first.contactChoices, second.contactChoices),
    callbacks: joined(first.callbacks, second.callbacks),
    toldCallbacks: joined(first.toldCallbacks, second.toldCallbacks),
  };
}

/** Most lists are empty, and an empty one needs no copy of the other. */
function joined<One>(first: readonly One[], second: readonly One[]): readonly One[] {
  return first.length === 0 ? second : second.length === 0 ? first : [...first, ...second];
}

export function isWithoutEffect(effects: Effects): boolean {
  return Object.values(effects).every((list: readonly unknown[]) => list.length === 0);
}
