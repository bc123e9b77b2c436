import { type CaseView, loadCase, type Queryable } from '#libs/case-store';
import type { Principal } from '../access/principal.js';
import { notFound } from '../http/problem.js';
import { readCaseName } from './case-name.js';

/** The case of a path, of the principal's account: any other does not exist. */
export async function caseAt(client: Queryable, { accountId }: Principal, id: string): Promise<CaseView> {
  const view = await loadCase(client, accountId, readCaseName(id));
  if (view === null) {
    throw notFound('The case');
  }
  return view;
}
