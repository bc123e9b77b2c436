import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { CaseCalled } from './called.js';
import type { Expected } from './command.js';
import type { Conflict, Findings } from './findings.js';
import type { Fault, Refusal } from './refusal.js';

export function refuse(
  { code, detail }: Conflict,
  state: CaseState | null = null,
  faults: readonly Fault[] = [],
): Refusal {
  return {
    outcome: 'refused',
    code,
    detail,
    faults,
    caseId: state?.id ?? null,
    currentVersion: state?.version ?? null,
  };
}

/** There is no such case, or there was one. */
export function refuseUnknown({ value }: CaseCalled, { purged }: Snapshot): Refusal {
  return purged.has(value)
    ? refuse({ code: 'purged', detail: 'The case was purged: only its number is left.' })
    : refuse({ code: 'not-found', detail: 'The account has no such case.' });
}

/** Whether somebody has changed the case since it was seen; null when not, or when nobody said what was seen. */
export function refuseStale(
  expected: Expected,
  state: CaseState,
  { what, version }: { readonly what: string; readonly version: number } = { what: 'case', version: state.version },
): Refusal | null {
  if (expected === 'missing') {
    const detail = `Say in If-Match for which version of the ${what} this is: its ETag.`;
    return refuse({ code: 'precondition-required', detail }, state);
  }
  if (expected === null || expected === 'any' || expected.includes(version)) {
    return null;
  }
  const detail = `The ${what} has version ${version} by now: look at what changed and decide again.`;
  return { ...refuse({ code: 'version-mismatch', detail }, state), currentVersion: version };
}

export function refuseFaulty(findings: Findings, state: CaseState | null = null): Refusal | null {
  const { faults } = findings;
  return faults.length === 0
    ? null
    : refuse({ code: 'validation-failed', detail: 'Parts of the request are wrong: see errors.' }, state, faults);
}

/** What is closed or in the trash takes no command but those about the trash. */
export function refuseSettled(state: CaseState): Refusal | null {
  if (state.deletedAt !== null) {
    return refuse({ code: 'case-deleted', detail: 'The case is in the trash: restore it first.' }, state);
  }
  return state.closedAt === null
    ? null
    : refuse({ code: 'case-closed', detail: 'The case is closed for good: open a follow-up of it.' }, state);
}
