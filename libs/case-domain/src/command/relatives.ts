import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';

/** The subcases of a case, those in the trash too. */
export function subcasesIn({ cases }: Snapshot, caseId: string): CaseState[] {
  return [...cases.values()].filter((one) => one.parentId === caseId);
}

/** The subcases of a case that are not in the trash. */
export function subcasesOf(caseId: string, snapshot: Snapshot): CaseState[] {
  return subcasesIn(snapshot, caseId).filter((one) => one.deletedAt === null);
}

/** The incidents of a problem that are neither closed nor in the trash. */
export function liveIncidentsOf(problemId: string, snapshot: Snapshot): CaseState[] {
  return [...snapshot.cases.values()].filter(
    (one) => one.problemId === problemId && one.closedAt === null && one.deletedAt === null,
  );
}
