import type { Pool } from 'pg';
import { listAssignmentRules } from '#libs/case-store';
import type { Configuration } from '#libs/runtime';
import { messageOf } from '../context.js';
import { doubtful, fine, type Finding } from './finding.js';

/** Whether an assignment rule was switched off because it names what is not in use any more. */
export async function examineRules(pool: Pool, { account }: Pick<Configuration, 'account'>): Promise<Finding[]> {
  try {
    const rules = await listAssignmentRules(pool, account.id);
    const broken = rules.flatMap(({ name, brokenBecause }) =>
      brokenBecause === null
        ? []
        : [doubtful(`rule ${name}`, `is off, because ${brokenBecause}: name another one, and switch it on again`)],
    );
    const active = rules.filter((rule) => rule.active).length;
    return rules.length === 0 || broken.length > 0 ? broken : [fine('rules', `${active} of ${rules.length} are on`)];
  } catch (error) {
    return [doubtful('rules', `cannot be examined (${messageOf(error)})`)];
  }
}
