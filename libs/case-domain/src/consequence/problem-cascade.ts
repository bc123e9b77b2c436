import { SYSTEM } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';
import { changeCase, type Changed } from '../case/change.js';
import { caseEventId } from '../case/event-id.js';
import { liveIncidentsOf } from '../command/relatives.js';
import { fitsGroup } from '../command/place.js';
import type { Consequence } from '../decision/consequences.js';
import { effectsOf } from '../decision/effects.js';
import { NO_NEEDS } from '../decision/needs.js';
import type { Snapshot } from '../decision/snapshot.js';

/**
 * The incidents of a problem that was resolved are resolved with it, at the same instant and in the same words
 * (domain.md §7, I-9). Whoever has reopened one since, or works on one of another problem, sees nothing of it.
 */
export const problemCascade: Consequence = (effects, snapshot) => {
  const resolved = effects.cases.filter(isResolvedProblem);
  const missing = resolved.filter(({ state }) => !snapshot.complete.has(state.id));
  if (missing.length > 0) {
    const ids = new Set(missing.map(({ state }) => state.id));
    return { needs: { ...NO_NEEDS, cases: ids, relativesOf: ids } };
  }
  return effectsOf({
    cases: resolved.flatMap((problem) =>
      liveIncidentsOf(problem.state.id, snapshot)
        .filter((incident) => incident.category !== 'resolved')
        .map((incident) => resolvedWith(problem, incident, snapshot)),
    ),
  });
};

function isResolvedProblem({ state, change }: Changed): boolean {
  const becomes = change.changes.some(({ field, to }) => field === 'category' && to === 'resolved');
  return state.type === 'problem' && state.closedAt === null && becomes;
}

function resolvedWith({ state: problem, change }: Changed, incident: CaseState, snapshot: Snapshot): Changed {
  const fields = {
    category: 'resolved',
    statusId: snapshot.account.defaultStatus.resolved,
    resolvedAt: problem.resolvedAt,
    resolution: problem.resolution,
    resolutionSource: 'problem_cascade',
    assigneeId: incident.assigneeId ?? heirOf(problem, incident, snapshot),
  } as const;
  return changeCase(incident, 'cascade_resolved', fields, {
    actor: SYSTEM,
    interactionId: null,
    causeEventId: caseEventId(problem.id, problem.version),
    at: change.at,
    occurredAt: change.occurredAt,
    details: { problem_id: problem.id },
  });
}

/** What nobody had is the problem's assignee's, where she is in the group (I-3). */
function heirOf({ assigneeId }: CaseState, { groupId }: CaseState, snapshot: Snapshot): string | null {
  return assigneeId !== null && fitsGroup(assigneeId, groupId, snapshot) ? assigneeId : null;
}
