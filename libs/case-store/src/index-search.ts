import { searchableText } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { loadCaseTexts } from './sql/search/load-case-texts.js';
import { loadContactTexts } from './sql/search/load-contact-texts.js';
import { noteCasesOf } from './sql/search/note-cases.js';
import { deleteSearchNotes, readSearchQueue } from './sql/search/read-search-queue.js';
import { deleteContactSearch, writeContactSearch } from './sql/search/write-contact-search.js';
import { deleteSearchTexts, writeSearchTexts } from './sql/search/write-search-texts.js';

/** Cases and people that are settled together; a note of the relay names at most so many. */
const ENOUGH = 500;

/**
 * Brings the texts by which cases and contacts are found up to date with the oldest notes, in the caller's transaction, and returns how
 * many notes that were. A case is read after its note, which was left after its commit, so what is written is at least as
 * new; of what changes meanwhile there is another note.
 */
export async function indexSearch(client: Queryable): Promise<number> {
  const notes = await readSearchQueue(client, ENOUGH);
  for (const accountId of new Set(notes.map((note) => note.accountId))) {
    const own = notes.filter((note) => note.accountId === accountId);
    const requesterIds = [...new Set(own.flatMap((note) => note.requesterIds))];
    if (requesterIds.length > 0) {
      await noteCasesOf(client, accountId, requesterIds);
    }
    const contactIds = own.flatMap((note) => note.contactIds);
    await indexContacts(client, accountId, [...new Set([...requesterIds, ...contactIds])]);
    await indexCases(client, accountId, [...new Set(own.flatMap((note) => note.caseIds))]);
  }
  if (notes.length > 0) {
    await deleteSearchNotes(
      client,
      notes.map(({ id }) => id),
    );
  }
  return notes.length;
}

async function indexCases(client: Queryable, accountId: string, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) {
    return;
  }
  const texts = await loadCaseTexts(client, accountId, caseIds);
  const live = new Set(texts.map(({ id }) => id));
  const rows = texts.map(({ id, subject, description, requester }) => {
    return { caseId: id, text: searchableText([subject, ...requester, description]) };
  });
  await deleteSearchTexts(
    client,
    accountId,
    caseIds.filter((id) => !live.has(id)),
  );
  await writeSearchTexts(client, accountId, rows);
}

/** Of ids that no contact has, such as those of agents, nothing is kept. */
async function indexContacts(client: Queryable, accountId: string, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) {
    return;
  }
  const texts = await loadContactTexts(client, accountId, contactIds);
  const shown = new Set(texts.map(({ id }) => id));
  await deleteContactSearch(
    client,
    accountId,
    contactIds.filter((id) => !shown.has(id)),
  );
  await writeContactSearch(
    client,
    accountId,
    texts.map(({ id, texts: said }) => ({ contactId: id, text: searchableText(said) })),
  );
}
