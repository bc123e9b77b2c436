import type { CaseState } from '../case/case-state.js';
import type { Circumstances } from './circumstances.js';
import type { MergeCommand } from './command.js';
import type { Conflict } from './findings.js';
import { caseCalled } from './names.js';
import type { Fault, RefusalCode } from './refusal.js';
import { liveIncidentsOf, subcasesOf } from './relatives.js';
import { MOST_INCIDENTS } from './type.js';

/** A case that is to end in another one, and where the request names it. */
export interface Source {
  readonly state: CaseState;
  /** JSON Pointer. */
  readonly pointer: string;
}

/** The sources that the account has, each once; one that it does not have is a fault. */
export function namedSources({ sources }: MergeCommand, { snapshot, findings }: Circumstances): Source[] {
  const named = new Map<string, Source>();
  sources.forEach((called, index) => {
    const pointer = `/source_ids/${index}`;
    const state = caseCalled(called, snapshot);
    if (state === null) {
      findings.fault(pointer, 'unknown-case', 'The account has no such case.');
    } else if (!named.has(state.id)) {
      named.set(state.id, { state, pointer });
    }
  });
  return [...named.values()];
}

/** Why the sources cannot end in the main case, each for itself; null when all of them can. */
export function checkSources(
  { confirmCrossRequester }: MergeCommand,
  main: CaseState,
  sources: readonly Source[],
  circumstances: Circumstances,
): (Conflict & { readonly faults: readonly Fault[] }) | null {
  const impossible = faultsOf('merge-not-allowed', sources, ({ state }) => whyNot(main, state, circumstances));
  if (impossible.length > 0) {
    return conflictOf('merge-not-allowed', impossible);
  }
  const tooMany = tooManyIncidents(main, sources, circumstances);
  if (tooMany !== null) {
    return conflictOf('merge-not-allowed', [tooMany]);
  }
  const strangers = faultsOf('cross-requester-merge', sources, ({ state }) => whyNotUnasked(main, state));
  return confirmCrossRequester || strangers.length === 0 ? null : conflictOf('cross-requester-merge', strangers);
}

function faultsOf(code: RefusalCode, sources: readonly Source[], why: (source: Source) => string | null): Fault[] {
  return sources.flatMap((source) => {
    const detail = why(source);
    return detail === null ? [] : [{ pointer: source.pointer, code, detail }];
  });
}

function conflictOf(code: RefusalCode, faults: readonly Fault[]): Conflict & { readonly faults: readonly Fault[] } {
  const [first] = faults;
  const detail = faults.length === 1 ? `${first?.pointer}: ${first?.detail}` : `${faults.length} of the cases cannot.`;
  return { code, detail, faults };
}

function whyNot(main: CaseState, source: CaseState, { snapshot }: Circumstances): string | null {
  if (source.id === main.id) {
    return 'A case does not end in itself.';
  }
  if (source.closedAt !== null) {
    return source.mergedIntoId === null ? 'The case is closed.' : 'The case has ended in another one.';
  }
  if (source.deletedAt !== null) {
    return 'The case is in the trash: restore it first.';
  }
  if (source.parentId !== null) {
    return 'The case is a subcase: take it from its parent first.';
  }
  if (main.parentId === source.id) {
    return 'The main case is a subcase of it.';
  }
  if (subcasesOf(source.id, snapshot).some(({ category }) => category !== 'resolved')) {
    return 'Some of its subcases are not resolved: resolve them first.';
  }
  return whyNotAsProblem(main, liveIncidentsOf(source.id, snapshot));
}

/** Its incidents go on under the main case, which can only have them while it is a problem that is not resolved. */
function whyNotAsProblem(main: CaseState, incidents: readonly CaseState[]): string | null {
  if (incidents.length === 0) {
    return null;
  }
  if (main.type !== 'problem') {
    return 'It has incidents, and the main case is no problem that they could be linked to.';
  }
  return main.category === 'resolved' && incidents.some(({ category }) => category !== 'resolved')
    ? 'It has incidents that are not resolved, and the main problem is.'
    : null;
}

function tooManyIncidents(main: CaseState, sources: readonly Source[], { snapshot }: Circumstances): Fault | null {
  let incidents = liveIncidentsOf(main.id, snapshot).length;
  for (const { state, pointer } of sources) {
    const more = liveIncidentsOf(state.id, snapshot).length;
    incidents += more;
    if (more > 0 && incidents > MOST_INCIDENTS) {
      const detail = `A problem has at most ${MOST_INCIDENTS} live incidents.`;
      return { pointer, code: 'merge-not-allowed', detail };
    }
  }
  return null;
}

/** Who is let into the other one's conversation has to be let in on purpose. */
function whyNotUnasked({ requester }: CaseState, { requester: other }: CaseState): string | null {
  return requester.kind === other.kind && requester.id === other.id
    ? null
    : 'The case is somebody else’s: say confirm_cross_requester if both may go on in one case.';
}
