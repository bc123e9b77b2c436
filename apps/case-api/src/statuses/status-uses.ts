import { findCasesInStatus, findStatusUses, type Queryable, type StatusView } from '#libs/case-store';
import { ProblemException, type ProblemDraft } from '../http/problem.js';

/** Throws the problem when there is one. */
export function refuse(problem: ProblemDraft | null): void {
  if (problem !== null) {
    throw new ProblemException(problem);
  }
}

/** 409: where a replacement was named, a case came into the status since its cases were told to leave. */
export class CasesHaveStatus extends ProblemException {
  constructor() {
    super(inUse('Cases that are not closed have it: name replacement_id, the status that they are to have.'));
  }
}

/** Throws 409 while something needs the status to be active. */
export async function refuseDeactivating(client: Queryable, accountId: string, status: StatusView): Promise<void> {
  if (status.isDefault) {
    refuse(inUse(`It is the default of the category ${status.category}: make another status the default first.`));
  }
  if ((await findStatusUses(client, accountId, status.id)).closes) {
    refuse(inUse('It is the status of closed cases: give the account another closed status first.'));
  }
  const [caseId] = await findCasesInStatus(client, accountId, status.id, 1);
  if (caseId !== undefined) {
    throw new CasesHaveStatus();
  }
}

/** Throws 409 when the status is used, or ever was. */
export async function refuseDeleting(client: Queryable, accountId: string, status: StatusView): Promise<void> {
  if (status.isDefault) {
    refuse(inUse(`It is the default of the category ${status.category}: make another status the default first.`));
  }
  const { closes, held, remembered } = await findStatusUses(client, accountId, status.id);
  if (closes || held || remembered) {
    refuse(inUse('It is used, or was once: it can be deactivated, and stays readable where it was used.'));
  }
}

/** Something is needed as it is. */
export function inUse(detail: string): ProblemDraft {
  return { code: 'in-use', detail };
}
