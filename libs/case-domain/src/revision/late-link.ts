import type { Interaction } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import { type CaseFields, withFields } from '../case/change.js';
import type { Effects } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { threadKeyOf, type Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';
import { tagsOf } from '../new-case/facts-of-case.js';
import { threadClaims } from '../thread/claims.js';
import { joinConversation } from '../thread/join-conversation.js';
import type { Thread } from '../thread/thread.js';
import { type Knowledge, reviseCase, withRevision } from './revise-case.js';

/**
 * What further facts make of the case of a call: where one of them names a call that has a case of its own, the two become
 * one by the rule for late parents, and that one says what all of it says; else the case is revised.
 */
export function reviseWithLinks(known: Knowledge, state: CaseState, snapshot: Snapshot, moment: Moment): Effects {
  const effects = linkedOrRevised(known, state, snapshot, moment);
  // What it goes on in may not have come yet, and is led here when it does.
  const claims = threadClaims(known.after, state.id, snapshot);
  return claims.length === 0 ? effects : { ...effects, threads: [...effects.threads, ...claims] };
}

function linkedOrRevised(known: Knowledge, state: CaseState, snapshot: Snapshot, moment: Moment): Effects {
  const join = joinConversation(known.after, threadOf(known, state, snapshot), snapshot, moment);
  const main = join?.effects.cases.findLast((changed) => changed.state.id === join.main.id);
  if (join === null || main === undefined) {
    return reviseCase(known, state, snapshot, moment);
  }
  const endedIds = new Set(join.effects.moves.map(({ fromCaseId }) => fromCaseId));
  const moved = [...endedIds].flatMap((id) => snapshot.said.get(id) ?? []);
  const people = adoptedPeople(main.state, [...endedIds], snapshot);
  const adopted = people === null ? main : withFields(main, people);
  const cases = join.effects.cases.map((one) => (one === main ? adopted : one));
  // Nobody has heard of the tags of what has ended here.
  const knowledge = { before: null, after: { ...known.after, tags: moved.concat(known.after).flatMap(tagsOf) } };
  return withRevision({ ...join.effects, cases }, adopted, knowledge, join.snapshot, moment);
}

/** Who hid the number in one call may have shown it in the other, and whom the one made known the other has met. */
function adoptedPeople(main: CaseState, endedIds: readonly string[], { cases }: Snapshot): CaseFields | null {
  const ended = endedIds.flatMap((id) => cases.get(id) ?? []);
  const { requesterMatch: match } = main;
  const better = ended.find((one) => {
    const isOfSame = one.requester.id === main.requester.id && one.requesterMatch.method === 'R6';
    return match.method === 'R7' ? one.requesterMatch.method !== 'R7' : match.method === 'R4' && isOfSame;
  });
  if (better === undefined) {
    return null;
  }
  const { requester, requesterMatch, submitter, supplied } = better;
  return { requester, requesterMatch, submitter, supplied };
}

/** Its case, and those of the calls that it has been known to belong to only since. */
function threadOf({ before, after }: Knowledge, state: CaseState, snapshot: Snapshot): Thread {
  const earlier = new Set(before === null ? [] : callsNamedBy(before));
  const named = callsNamedBy(after).filter((value) => !earlier.has(value));
  const linked = named.flatMap((value) => {
    const target = snapshot.threads.get(threadKeyOf('call_id', value));
    const other = target === undefined ? null : survivorOf(target.caseId, snapshot);
    return other === null || other.id === state.id ? [] : [{ value, other }];
  });
  const conflicts = linked.map(({ value, other }) => {
    return { rule: 'root_call', kind: 'call_id', value, caseId: other.id };
  });
  const evidence = { rule: 'root_call', matched: null, namedCaseId: state.id, conflicts };
  const others = new Map(linked.map(({ other }) => [other.id, other]));
  return { target: state, evidence, linked: [...others.values()] };
}

function callsNamedBy({ references }: Interaction): string[] {
  return references.flatMap(({ kind, value }) => (kind === 'call_id' ? [value] : []));
}
