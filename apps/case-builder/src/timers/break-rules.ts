import type { LedgerDependencies } from '#libs/case-ledger';
import { breakAssignmentRules } from '#libs/case-store';
import type { Logger } from '#libs/runtime';

/** Switches off the assignment rules that name what is not in use any more, and says so. */
export async function breakRules({ pool, directory }: LedgerDependencies, logger: Logger): Promise<void> {
  for (const { accountId, id, name, because } of await breakAssignmentRules(pool, null)) {
    directory.invalidate(accountId);
    logger.warn(
      { accountId, ruleId: id, rule: name, because },
      'An assignment rule names what is not in use: it is off',
    );
  }
}
