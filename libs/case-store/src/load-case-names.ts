import type { CaseNames, CaseState } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { loadParticipants } from './sql/contacts/load-participants.js';
import { loadStatusLabels } from './sql/statuses/load-status-labels.js';

/** What people call what the cases of an account name. */
export async function loadCaseNames(
  client: Queryable,
  accountId: string,
  states: readonly CaseState[],
): Promise<CaseNames> {
  const statuses = await loadStatusLabels(client, accountId);
  return { statuses, people: await loadParticipants(client, accountId, states) };
}
