import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from './snapshot.js';

/** The case that a merged one lives on in, or the last before one that was purged; null when the case is not known. */
export function survivorOf(caseId: string, snapshot: Snapshot): CaseState | null {
  let state = snapshot.cases.get(caseId) ?? null;
  const seen = new Set<string>();
  while (state !== null && state.mergedIntoId !== null && !seen.has(state.id)) {
    seen.add(state.id);
    const next = snapshot.cases.get(state.mergedIntoId);
    if (next === undefined) {
      break;
    }
    state = next;
  }
  return state;
}
