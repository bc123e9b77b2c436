import type { Queryable } from './queryable.js';
import { searchWords, WINDOW } from './search-words.js';
import type { ContactView } from './sql/contacts/contact-view.js';
import { type ContactFilter, type ContactPage, listContacts } from './sql/contacts/list-contacts.js';

/** The contacts of a list that have all of the words (`searchWords`). */
export function searchContacts(
  client: Queryable,
  accountId: string,
  { filter, words }: { readonly filter: ContactFilter; readonly words: readonly string[] },
  page: ContactPage,
  windowSize = WINDOW,
): Promise<ContactView[]> {
  const { sort, limit, position } = page;
  const direction = sort === 'created_at' ? 'asc' : 'desc';
  const byCreation = sort.endsWith('created_at') ? ({ direction, behind: position[0] ?? null } as const) : null;
  return searchWords(client, accountId, {
    of: 'contact',
    words,
    byCreation,
    limit,
    windowSize,
    list: (further) => listContacts(client, accountId, filter, page, further),
  });
}
