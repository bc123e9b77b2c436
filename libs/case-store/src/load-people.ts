import { ContactBook, emptyBook, type Needs } from '#libs/case-domain';
import { ConcurrentChange } from './conflicts.js';
import type { Queryable } from './queryable.js';
import { findPeople } from './sql/people/find-people.js';
import { loadContactIdentities, loadContactMerges, loadContactStates } from './sql/people/load-people.js';
import { lockPeople } from './sql/people/lock-people.js';

/**
 * Locks the contacts that decisions may change, with everybody who changes with them, and loads them. First of all locks:
 * whoever changes contacts locks no case, and whoever changes cases locks no contact. Ends in `ConcurrentChange` when
 * somebody was merged with them, or given a name of theirs, while they were being locked.
 */
export async function loadPeople(
  client: Queryable,
  accountId: string,
  { people, peopleNamed }: Pick<Needs, 'people' | 'peopleNamed'>,
): Promise<ContactBook> {
  if (people.size + peopleNamed.size === 0) {
    return new ContactBook();
  }
  const asked = [[...people], [...peopleNamed.values()]] as const;
  const ids = await findPeople(client, accountId, ...asked);
  if (ids.length === 0) {
    return emptyBook();
  }
  await lockPeople(client, accountId, ids);
  const locked = new Set(ids);
  if ((await findPeople(client, accountId, ...asked)).some((id) => !locked.has(id))) {
    throw new ConcurrentChange('contact');
  }
  const [states, identities, merges] = [
    await loadContactStates(client, accountId, ids),
    await loadContactIdentities(client, accountId, ids),
    await loadContactMerges(client, accountId, ids),
  ];
  return new ContactBook({ states, identities, merges });
}
