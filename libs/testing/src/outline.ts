import {
  caseOf,
  isJoined,
  isOpened,
  outcomeOf,
  type CaseChange,
  type CaseState,
  type Changed,
  type Evidence,
  type InteractionDecision,
  type InteractionVerdict,
  type JoinedVerdict,
  type NewContact,
  type OpenedVerdict,
  type ThreadClaim,
  type Turn,
} from '#libs/case-domain';

/** A case after a decision, and what the decision changed about it, in order. */
export interface TouchedCase {
  readonly state: CaseState;
  readonly changes: readonly CaseChange[];
}

interface Outlined {
  readonly evidence: Evidence;
  /** Cases that the decision touches beside the verdict's own: those that ended in it. */
  readonly joined: readonly TouchedCase[];
  readonly contact: NewContact | null;
  readonly threads: readonly ThreadClaim[];
  readonly turn: Turn | null;
}

export type OpeningOutline = OpenedVerdict & TouchedCase & Outlined;
export type JoiningOutline = JoinedVerdict & TouchedCase & Outlined;
type CaselessOutline = Exclude<InteractionVerdict, OpenedVerdict | JoinedVerdict> &
  Outlined & { readonly state: null; readonly changes: readonly never[] };

/** What a decision about an interaction comes to, in the form in which a test asks for it. */
export type Outline = OpeningOutline | JoiningOutline | CaselessOutline;

/**
 * The verdict, and beside it what the effects amount to: the verdict's case after all changes, with those alone that
 * are about it. Throws when the case of a verdict is not among the effects, or one interaction makes two contacts or
 * takes two turns.
 */
export function outlineOf({ verdict, effects, evidence }: InteractionDecision): Outline {
  const touched = touchedCases(effects.cases);
  const outlined = {
    evidence,
    joined: [...touched].filter(([id]) => id !== caseOf(verdict)).map(([, one]) => one),
    contact: oneAtMost(effects.contacts),
    threads: effects.threads,
    turn: oneAtMost(effects.turns),
  };
  if (verdict.outcome === 'recorded' || verdict.outcome === 'suspended' || verdict.outcome === 'duplicate') {
    return { ...verdict, ...outlined, state: null, changes: [] };
  }
  const own = touched.get(verdict.caseId);
  if (own === undefined) {
    throw new Error(`The decision is "${verdict.outcome}" and its effects do not touch its case.`);
  }
  return { ...verdict, ...outlined, ...own };
}

/** The outline of a decision that opens a case. Throws when it does not. */
export function openingOf(decision: InteractionDecision): OpeningOutline {
  const outline = outlineOf(decision);
  if (!isOpened(outline)) {
    throw new Error(`The decision should have opened a case and is "${outcomeOf(decision.verdict)}".`);
  }
  return outline;
}

/** The outline of a decision by which the interaction joins a case. Throws when it does not. */
export function joiningOf(decision: InteractionDecision): JoiningOutline {
  const outline = outlineOf(decision);
  if (!isJoined(outline)) {
    throw new Error(`The decision should have joined a case and is "${outcomeOf(decision.verdict)}".`);
  }
  return outline;
}

function touchedCases(changed: readonly Changed[]): Map<string, TouchedCase> {
  const touched = new Map<string, TouchedCase>();
  for (const { state, change } of changed) {
    touched.set(state.id, { state, changes: [...(touched.get(state.id)?.changes ?? []), change] });
  }
  return touched;
}

function oneAtMost<One>(list: readonly One[]): One | null {
  if (list.length > 1) {
    throw new Error(`One at most was expected, and there are ${list.length}.`);
  }
  return list[0] ?? null;
}
