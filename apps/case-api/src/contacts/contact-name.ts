import type { ApiParamOptions } from '@nestjs/swagger';
import type { ContactCalled } from '#libs/case-domain';
import { type ContactView, findPersons, loadContactView, type Queryable } from '#libs/case-store';
import type { Principal } from '../access/principal.js';
import { readContactCalled } from '../cases/write/read-called.js';
import { notFound, ProblemException } from '../http/problem.js';

/** `{id}` in the description. */
export const CONTACT_ID: ApiParamOptions = {
  name: 'id',
  description:
    'Id, or `email:…`, `phone:+351…` or `external:hubspot:1246965`. One that was merged answers as the other.',
  schema: { type: 'string' },
};

/**
 * The contact of a path, of the principal's account: any other does not exist. Throws 404 also for a name that several
 * contacts share.
 */
export async function contactAt(client: Queryable, { accountId }: Principal, name: string): Promise<ContactView> {
  const called = name.includes('\u0000') ? { detail: '' } : readContactCalled(name);
  if ('detail' in called) {
    throw notFound('The contact');
  }
  const views = await loadEach(client, accountId, called);
  const [view] = views;
  if (view === undefined || views.length > 1) {
    const shared = 'Several contacts share the name: list them, and name the one that is meant by its id.';
    throw view === undefined ? notFound('The contact') : new ProblemException({ code: 'not-found', detail: shared });
  }
  return view;
}

/** An address may be that of an agent as well, and two contacts are enough to be too many. */
const ENOUGH = 3;

async function loadEach(client: Queryable, accountId: string, called: ContactCalled): Promise<ContactView[]> {
  const persons = called.by === 'id' ? [] : await findPersons(client, accountId, [called]);
  const ids = called.by === 'id' ? [called.value] : [...new Set(persons.map(({ personId }) => personId))];
  const views: ContactView[] = [];
  for (const id of ids.slice(0, ENOUGH)) {
    const view = await loadContactView(client, accountId, id);
    views.push(...(view === null ? [] : [view]));
  }
  return views;
}

/** Ids of the contacts that bear a name, at most three. */
export async function bearersOf(client: Queryable, accountId: string, called: ContactCalled): Promise<string[]> {
  return (await loadEach(client, accountId, called)).map(({ id }) => id);
}
