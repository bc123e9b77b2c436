import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';

/** The subcases of a case that are not in the trash. */
export function subcasesOf(caseId: string, snapshot: Snapshot): CaseState[] {
  return [...snapshot.cases.values()].filter((one) => one.parentId === caseId && one.deletedAt === null);
}

/** The incidents of a problem that are neither closed nor in the trash. */
export function liveIncidentsOf(problemId: string, snapshot: Snapshot): CaseState[] {
  return [...snapshot.cases.values()].filter(
    (one) => one.problemId === problemId && one.closedAt === null && one.deletedAt === null,
  );
}
