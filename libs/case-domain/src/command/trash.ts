import type { CaseState } from '../case/case-state.js';
import { type CaseFields, changeCase, type Changed } from '../case/change.js';
import { caseEventId } from '../case/event-id.js';
import type { Snapshot } from '../decision/snapshot.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { TrashCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import type { Refusal } from './refusal.js';
import { liveIncidentsOf, subcasesIn } from './relatives.js';
import { refuse, refuseFaulty } from './refuse.js';

/** Into the trash, out of it, and out of it for good (domain.md §11): closed cases too. */
export function decideTrash(
  command: TrashCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const faulty = refuseFaulty(circumstances.findings, state);
  if (faulty !== null) {
    return faulty;
  }
  switch (command.command) {
    case 'delete':
      return state.deletedAt === null ? trash(state, circumstances) : unchanged(state);
    case 'restore':
      return state.deletedAt === null ? unchanged(state) : restore(state, circumstances);
    case 'purge':
      return purge(state, circumstances);
  }
}

/** I-8: a problem stays while incidents of it live, and what is held stays where it is. Subcases go with their parent. */
function trash(state: CaseState, circumstances: Circumstances): CommandDecision | Refusal {
  const { snapshot } = circumstances;
  const subcases = subcasesIn(snapshot, state.id).filter((one) => one.deletedAt === null);
  if (isHeld([state, ...subcases], snapshot)) {
    return refuse(HELD, state);
  }
  const going = new Set([state, ...subcases].map(({ id }) => id));
  const left = [...going].flatMap((id) => liveIncidentsOf(id, snapshot)).filter(({ id }) => !going.has(id));
  if (left.length > 0) {
    const detail = 'It has incidents: link them to another problem before it goes.';
    return refuse({ code: 'problem-has-incidents', detail }, state);
  }
  return together('deleted', state, subcases, circumstances);
}

/** A subcase comes back with its parent, and a parent with what went together with it. */
function restore(state: CaseState, circumstances: Circumstances): CommandDecision {
  const { cases } = circumstances.snapshot;
  const parent = state.parentId === null ? undefined : cases.get(state.parentId);
  const head = parent === undefined || parent.deletedAt === null ? state : parent;
  const companions = subcasesIn(circumstances.snapshot, head.id).filter((one) => one.deletedAt === head.deletedAt);
  const others = [head, ...companions].filter(({ id }) => id !== state.id);
  return together('restored', state, others, circumstances);
}

function together(
  kind: 'deleted' | 'restored',
  state: CaseState,
  others: readonly CaseState[],
  circumstances: Circumstances,
): CommandDecision {
  const { snapshot, moment } = circumstances;
  const cause = causedByAsker(circumstances, {});
  const fieldsOf = (one: CaseState): CaseFields =>
    kind === 'deleted' ? { deletedAt: moment.now } : { deletedAt: null, ...withoutLost(one, snapshot) };
  const first = changeCase(state, kind, fieldsOf(state), cause);
  const causeEventId = caseEventId(state.id, first.state.version);
  const cases = others.map((one): Changed => changeCase(one, kind, fieldsOf(one), { ...cause, causeEventId }));
  return done(first, { cases });
}

/** What a live case was part of may have gone, or may be no problem any more, while it was in the trash (I-7, I-17). */
function withoutLost({ closedAt, problemId, parentId }: CaseState, { cases }: Snapshot): CaseFields {
  if (closedAt !== null) {
    return {};
  }
  const problem = problemId === null ? undefined : cases.get(problemId);
  const isLost = problemId !== null && (problem?.type !== 'problem' || problem.deletedAt !== null);
  return {
    ...(isLost ? { problemId: null, type: null } : {}),
    ...(parentId !== null && !cases.has(parentId) ? { parentId: null } : {}),
  };
}

const HELD = {
  code: 'legal-hold',
  detail: 'A legal hold keeps it, or a subcase of it: end the hold first.',
} as const;

function isHeld(cases: readonly CaseState[], { legalHolds }: Snapshot): boolean {
  return cases.some(({ id }) => legalHolds.has(id));
}

/** Only its number and who did it stay; subcases go too: none of them lives while their parent is in the trash. */
function purge(state: CaseState, circumstances: Circumstances): CommandDecision | Refusal {
  if (!circumstances.asker.admin) {
    return refuse({ code: 'forbidden', detail: 'Only administrators purge cases.' }, state);
  }
  if (state.deletedAt === null) {
    return refuse(
      { code: 'not-in-trash', detail: 'Only what is in the trash is purged: delete the case first.' },
      state,
    );
  }
  const going = [state, ...subcasesIn(circumstances.snapshot, state.id)];
  if (isHeld(going, circumstances.snapshot)) {
    return refuse(HELD, state);
  }
  const cause = causedByAsker(circumstances, {});
  const [first, ...others] = going.map((one) => changeCase(one, 'purged', {}, cause));
  return first === undefined ? unchanged(state) : done(first, { cases: others });
}
