import type { Cause } from '../case/case-change.js';
import type { AssignmentEvidence, Evidence, RuleSkip, RuleSkipReason, RuleTrace } from '../decision/evidence.js';
import type { Snapshot } from '../decision/snapshot.js';
import { BY_ASSIGNMENT_RULE } from '../new-case/group.js';
import type { Ruling } from './ruling.js';

/** What became of a case by everything that counts beside rules. */
export interface SettledPlace {
  readonly groupId: string;
  /** By which the group was chosen; null of a case that was there already, of which rules give the assignee alone. */
  readonly group: Evidence['group'];
  readonly assignment: AssignmentEvidence | null;
}

/** The rules that were looked at, with what of them was carried out in the end. */
export function tracesOf(ruling: Ruling, place: SettledPlace, snapshot: Snapshot): readonly RuleTrace[] {
  return ruling.looked.map((one) => {
    const applied: string[] = [];
    const skipped: RuleSkip[] = [...(one.skipped ?? [])];
    for (const action of one.applied ?? []) {
      const because = whyNot(action, ruling, place, snapshot);
      if (because === null) {
        applied.push(action);
      } else {
        skipped.push({ action, because });
      }
    }
    return one.holds ? { ...one, applied, ...(skipped.length === 0 ? {} : { skipped }) } : one;
  });
}

function whyNot(
  action: string,
  { assigneeId }: Ruling,
  { group, groupId, assignment }: SettledPlace,
  { groups }: Snapshot,
): RuleSkipReason | null {
  switch (action) {
    case 'group_id':
      return group?.rule === BY_ASSIGNMENT_RULE ? null : 'other_group';
    case 'assignee_id': {
      const isMember = groups.get(groupId)?.members.some((member) => member.agentId === assigneeId) === true;
      return assignment?.rule === 'A4' ? null : isMember ? 'other_assignee' : 'not_in_group';
    }
    case 'strategy':
      return assignment?.rule === 'A6' || assignment?.rule === 'A7' ? null : 'other_assignee';
    default:
      return group === null ? 'not_new' : null;
  }
}

/** What the event of a case tells of rules: those that held, and what they did. Nothing where none did. */
export function rulesInDetails(traces: readonly RuleTrace[]): Cause['details'] {
  const held = traces.filter(({ holds }) => holds);
  return held.length === 0
    ? {}
    : { rules: held.map(({ id, name, applied = [], skipped = [] }) => ({ id, name, applied, skipped })) };
}
