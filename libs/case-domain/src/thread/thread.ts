import type { Interaction, Reference } from '#libs/interaction';
import { sameSubject } from './canonical-subject.js';
import type { CaseState } from '../case/case-state.js';
import type { IgnoredBecause, ThreadEvidence } from '../decision/evidence.js';
import { guessedCase, isGuessable } from './guessable-reference.js';
import { threadKeyOf, type Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';

/** The case that an interaction belongs to, merges followed, and how that was found. */
export interface Thread {
  /** May be closed or in the trash; null when nothing leads to a case. */
  readonly target: CaseState | null;
  readonly evidence: ThreadEvidence;
  /**
   * Other cases that it links with the target: between them stands a message that nobody has seen yet, or this is that
   * message, and replies to it were there first.
   */
  readonly linked: readonly CaseState[];
  /** Cases that it may be about, and nobody can tell which: a new case is related to them. */
  readonly related?: readonly CaseState[];
}

interface Mention {
  readonly rule: string;
  readonly kind: string;
  readonly value: string;
}

interface Hit extends Mention {
  /** By a message that others wait for. */
  readonly awaited: boolean;
  readonly namedCaseId: string;
  readonly state: CaseState;
}

interface Miss extends Mention {
  readonly caseId?: string;
  readonly because: IgnoredBecause;
}

/** What is kept of references that led nowhere. */
const MOST_IGNORED = 10;
/** Rules that follow what a mail program wrote, whatever a person made of the subject. */
const HEADER_RULES: ReadonlySet<string> = new Set(['in_reply_to', 'references']);

/**
 * Finds the case of an interaction (domain.md §10):
 * 1. its references, strongest first as the adapter ordered them;
 * 2. its own name, when an earlier reply is waiting for it;
 * 3. what anybody can guess, from people of that case only: the provider's thread, then a number in the subject.
 * The first hit decides. Hits on other cases are conflicts and are reported.
 */
export function findThread(interaction: Interaction, snapshot: Snapshot): Thread {
  const misses: Miss[] = [];
  const named = namedHits(interaction, snapshot, misses);
  const awaited = awaitedHits(interaction, snapshot);
  const hits = [...named, ...awaited, ...guessedHits(interaction, snapshot, misses, named.length + awaited.length > 0)];
  const first = hits[0];
  const notes = {
    ...(misses.length === 0 ? {} : { ignored: misses.slice(0, MOST_IGNORED) }),
    ...(bearsKnownName(interaction, snapshot) ? ({ nameReused: true } as const) : {}),
  };
  if (first === undefined) {
    const evidence = { rule: 'none', matched: null, namedCaseId: null, conflicts: [], ...notes };
    return { target: null, evidence, linked: [] };
  }
  const changed = HEADER_RULES.has(first.rule) && !sameSubject(interaction.content.subject, first.state.subject);
  return {
    target: first.state,
    evidence: {
      rule: first.rule,
      matched: { kind: first.kind, value: first.value },
      namedCaseId: first.namedCaseId,
      conflicts: conflictsOf(first, hits),
      ...notes,
      ...(changed ? { subjectChanged: true } : {}),
    },
    linked: linkedBy(first, [...named, ...awaited]),
  };
}

function namedHits(interaction: Interaction, snapshot: Snapshot, misses: Miss[]): Hit[] {
  return interaction.references.flatMap((reference) => {
    if (isGuessable(reference)) {
      return [];
    }
    const mention = mentionOf(reference);
    if (isOwnName(reference, interaction)) {
      misses.push({ ...mention, because: 'own_name' });
      return [];
    }
    const { caseId, awaited } = namedCase(reference, snapshot);
    const hit = caseId === null ? null : hitOn(caseId, { ...mention, awaited }, snapshot);
    if (hit === null) {
      misses.push({ ...mention, because: 'unknown' });
      return [];
    }
    return [hit];
  });
}

/** A name of its own says nothing about where it belongs, even when an earlier message bears the same one. */
function isOwnName(reference: Reference, interaction: Interaction): boolean {
  return interaction.threadKeys.some((key) => key.kind === reference.kind && key.value === reference.value);
}

/** Message-IDs are reused by careless programs, and can be by design; a provider's thread is borne by all of its mails. */
function bearsKnownName({ id, threadKeys }: Interaction, snapshot: Snapshot): boolean {
  return threadKeys.some(({ kind, value }) => {
    const bearer = snapshot.threads.get(threadKeyOf(kind, value))?.interactionId ?? id;
    return kind === 'message_id' && bearer !== id;
  });
}

function namedCase({ kind, value }: Reference, snapshot: Snapshot) {
  if (kind === 'case') {
    return { caseId: value, awaited: false };
  }
  if (kind === 'case_number') {
    return { caseId: snapshot.numbers.get(value) ?? null, awaited: false };
  }
  const target = snapshot.threads.get(threadKeyOf(kind, value));
  return { caseId: target?.caseId ?? null, awaited: target?.interactionId === null };
}

function awaitedHits(interaction: Interaction, snapshot: Snapshot): Hit[] {
  return interaction.threadKeys.flatMap(({ kind, value }) => {
    const awaited = snapshot.threads.get(threadKeyOf(kind, value));
    const hit =
      awaited?.interactionId === null
        ? hitOn(awaited.caseId, { rule: 'awaited_message', kind, value, awaited: true }, snapshot)
        : null;
    return hit === null ? [] : [hit];
  });
}

/** The provider's grouping is only asked when nothing better is known; a number beside other evidence may contradict it. */
function guessedHits(interaction: Interaction, snapshot: Snapshot, misses: Miss[], known: boolean): Hit[] {
  return interaction.references.flatMap((reference) => {
    if (!isGuessable(reference) || (known && reference.kind === 'provider_thread')) {
      return [];
    }
    const mention = mentionOf(reference);
    const found = guessedCase(reference, interaction, snapshot);
    if (found.because !== null) {
      const caseId = found.state === null ? {} : { caseId: found.state.id };
      // The first mail of every thread of the provider names a thread that nobody knows.
      if (found.state !== null || reference.kind === 'case_number') {
        misses.push({ ...mention, ...caseId, because: found.because });
      }
      return [];
    }
    return [{ ...mention, awaited: false, namedCaseId: found.namedCaseId, state: found.state }];
  });
}

function mentionOf({ via, kind, value }: Reference): Mention {
  return { rule: via, kind, value };
}

function hitOn(namedCaseId: string, by: Mention & Pick<Hit, 'awaited'>, snapshot: Snapshot): Hit | null {
  const state = survivorOf(namedCaseId, snapshot);
  return state === null ? null : { ...by, namedCaseId, state };
}

/** A chain of references runs through a closed case into its follow-up: one family does not contradict itself. */
function conflictsOf(first: Hit, hits: readonly Hit[]): ThreadEvidence['conflicts'] {
  const others = new Map<string, ThreadEvidence['conflicts'][number]>();
  for (const { rule, kind, value, state } of hits) {
    if (state.rootCaseId !== first.state.rootCaseId && !others.has(state.id)) {
      others.set(state.id, { rule, kind, value, caseId: state.id });
    }
  }
  return [...others.values()];
}

/** Two known messages that lead to different cases contradict each other; one that nobody has seen may connect them. */
function linkedBy(first: Hit, hits: readonly Hit[]): CaseState[] {
  const waiting = new Set(hits.filter((hit) => hit.awaited).map(({ state }) => state.id));
  const linked = hits.filter(({ state }) => waiting.has(first.state.id) || waiting.has(state.id));
  const others = new Map(linked.map(({ state }) => [state.id, state]));
  others.delete(first.state.id);
  return [...others.values()];
}
