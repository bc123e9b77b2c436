import { type AccountHours, type AssignmentRules, assignmentRulesOf } from '#libs/case-domain';
import { type BusinessHours, USUAL_WEEK } from '#libs/interaction';
import type { Queryable } from './queryable.js';
import type { AssignmentRuleView } from './sql/assignment-rules/assignment-rule-row.js';
import { listAssignmentRules } from './sql/assignment-rules/list-assignment-rules.js';
import type { BusinessHoursView } from './sql/business-hours/business-hours-row.js';
import { listBusinessHours } from './sql/business-hours/list-business-hours.js';

/** Rules with the versions of all that they were made of. */
export interface VersionedRules {
  readonly signature: string;
  readonly rules: AssignmentRules;
}

/**
 * The active rules of an account. While nobody changes any of them, or the hours, they are the same object as before, so that
 * what was made of them is not made again.
 */
export async function loadAssignmentRules(
  client: Queryable,
  account: { readonly id: string; readonly timeZone: string },
  before: VersionedRules | null,
): Promise<VersionedRules> {
  const stored = (await listAssignmentRules(client, account.id)).filter(({ active }) => active);
  const hours = await listBusinessHours(client, account.id);
  const signature = signatureOf(account.timeZone, stored, hours);
  return before?.signature === signature
    ? before
    : { signature, rules: assignmentRulesOf(stored, accountHoursOf(account.timeZone, hours)) };
}

function signatureOf(
  timeZone: string,
  rules: readonly AssignmentRuleView[],
  hours: readonly BusinessHoursView[],
): string {
  const ofHours = hours.map(({ groupId, version, updatedAt }) => `${groupId}@${version}@${updatedAt.getTime()}`);
  return [timeZone, ...rules.map(({ id, version }) => `${id}@${version}`), ...ofHours.sort()].join(' ');
}

/** The hours that count for an account and its groups: who leaves something out has it as the account does, and that as is usual. */
export function accountHoursOf(timeZone: string, stored: readonly BusinessHoursView[]): AccountHours {
  const own = stored.find(({ groupId }) => groupId === null);
  const account: BusinessHours = {
    timeZone: own?.timeZone ?? timeZone,
    week: own?.week ?? USUAL_WEEK,
    holidays: own?.holidays ?? [],
  };
  const groups = stored.flatMap((hours): [string, BusinessHours][] =>
    hours.groupId === null
      ? []
      : [
          [
            hours.groupId,
            {
              timeZone: hours.timeZone ?? account.timeZone,
              week: hours.week,
              holidays: hours.holidays ?? account.holidays,
            },
          ],
        ],
  );
  return { account, groups: new Map(groups) };
}
