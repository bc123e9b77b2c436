import type { CaseState } from '../case/case-state.js';
import { changeCase } from '../case/change.js';
import { caseEventId } from '../case/event-id.js';
import type { KnownLink, NewLink } from '../case/link.js';
import type { Effects } from '../decision/effects.js';
import type { Snapshot } from '../decision/snapshot.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { LinkCommand, UnlinkCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import { caseCalled } from './names.js';
import type { Refusal } from './refusal.js';
import { refuse, refuseFaulty, refuseSettled, refuseStale } from './refuse.js';

/** A link that is there because somebody asked for it, or for what it follows from. */
export function linkByHand(
  fromCaseId: string,
  toCaseId: string,
  kind: NewLink['kind'],
  circumstances: Circumstances,
): NewLink {
  const { actor, onBehalfOf } = causedByAsker(circumstances, {});
  const createdBy = { actor, onBehalfOf: onBehalfOf?.id ?? null };
  return { id: circumstances.moment.newId(), fromCaseId, toCaseId, kind, createdBy };
}

/** Two cases that live are related, once, whichever of them it was said of (api-resources.md §4); both histories tell it. */
export function link(
  { other: called }: LinkCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { snapshot, findings } = circumstances;
  const other = called === null ? null : caseCalled(called, snapshot);
  if (other === null) {
    findings.fault('/case_id', 'unknown-case', 'The account has no such case.');
  } else if (other.id === state.id) {
    findings.fault('/case_id', 'target-not-allowed', 'A case is related to another one, not to itself.');
  }
  const refused = refuseFaulty(findings, state) ?? refuseSettled(state);
  if (refused !== null || other === null) {
    return refused ?? unchanged(state);
  }
  const present = relatedBy(state.id, other.id, snapshot);
  const settled = refuseSettledEnd(other, state, '/case_id');
  if (settled !== null || present !== undefined) {
    return settled ?? about(present?.id, unchanged(state));
  }
  const made = linkByHand(state.id, other.id, 'related', circumstances);
  return toldByBoth('link_added', made, [state, other], circumstances, { links: [made] });
}

/** What people related they take apart again, while both cases live; what a link of another kind says, other commands do. */
export function unlink(
  { expected, linkId }: UnlinkCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { snapshot, findings } = circumstances;
  const known = snapshot.links.get(linkId);
  const other = known === undefined ? undefined : snapshot.cases.get(otherEnd(known, state.id));
  if (known === undefined || other === undefined) {
    return refuse({ code: 'not-found', detail: 'The case has no such link.' });
  }
  if (known.kind !== 'related') {
    const detail = 'It follows from what was done with the cases: only related ones are taken away.';
    findings.fault('', 'target-not-allowed', detail);
  }
  return (
    refuseStale(expected, state) ??
    refuseFaulty(findings, state) ??
    refuseSettled(state) ??
    refuseSettledEnd(other, state) ??
    toldByBoth('link_removed', known, [state, other], circumstances, { unlinked: [known.id] })
  );
}

function relatedBy(one: string, other: string, { links }: Snapshot): KnownLink | undefined {
  return [...links.values()].find(({ kind, fromCaseId, toCaseId }) => {
    const isBetween = (fromCaseId === one && toCaseId === other) || (fromCaseId === other && toCaseId === one);
    return kind === 'related' && isBetween;
  });
}

/** Of a link of other cases there is none. */
function otherEnd({ fromCaseId, toCaseId }: KnownLink, caseId: string): string {
  return fromCaseId === caseId ? toCaseId : toCaseId === caseId ? fromCaseId : '';
}

/** I-4 and I-19 hold for the other case too: its history would go on. */
function refuseSettledEnd(other: CaseState, state: CaseState, pointer?: string): Refusal | null {
  const settled = refuseSettled(other);
  if (settled === null) {
    return null;
  }
  const { code } = settled;
  const detail = `That is about CASE-${other.number} too, which is ${code === 'case-closed' ? 'closed' : 'in the trash'}.`;
  return refuse({ code, detail }, state, pointer === undefined ? [] : [{ pointer, code, detail }]);
}

/** One event of each case, of which the second follows from the first. */
function toldByBoth(
  kind: 'link_added' | 'link_removed',
  { id }: KnownLink,
  [state, other]: readonly [CaseState, CaseState],
  circumstances: Circumstances,
  effects: Partial<Effects>,
): CommandDecision {
  const causeOf = (end: CaseState) => causedByAsker(circumstances, { link_id: id, kind: 'related', case_id: end.id });
  const changed = changeCase(state, kind, {}, causeOf(other));
  const following = { ...causeOf(state), causeEventId: caseEventId(state.id, changed.state.version) };
  return about(id, done(changed, { ...effects, cases: [changeCase(other, kind, {}, following)] }));
}

function about(linkId: string | undefined, decision: CommandDecision): CommandDecision {
  return { ...decision, verdict: { ...decision.verdict, ...(linkId === undefined ? {} : { linkId }) } };
}
