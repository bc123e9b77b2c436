import { commentOfPress } from '#libs/case-domain';
import {
  addEndpoints,
  attachFiles,
  blankInteractions,
  blankPresses,
  changeLegalHolds,
  claimThreads,
  deleteCallbacks,
  deleteCaseEvents,
  deleteChoices,
  deleteCommentAttachments,
  deleteLinks,
  deleteLinksOfCases,
  deleteSearchTexts,
  deleteThreads,
  deleteThrowAways,
  editComments,
  findPressesOfComments,
  forgetPersons,
  forPrivacy,
  hastenVoicemails,
  insertCaseEvents,
  insertCases,
  insertComments,
  insertContacts,
  insertFacts,
  insertIdentities,
  insertInteractions,
  insertLinks,
  insertSuspensions,
  insertToldOverdue,
  moveInteractions,
  moveThreads,
  noteRepeatedContents,
  purgeCases,
  type Queryable,
  redactAnswers,
  redactCommentEvents,
  redactComments,
  redactPressesOfComments,
  redactDeliveriesOfCases,
  relinkInteractions,
  rememberChoices,
  resolveThrowAways,
  reviseInteractions,
  settleSuspensions,
  shareIdentities,
  stampAssigned,
  suspectContents,
  updateCases,
  writeCallbacks,
  writePresses,
  writeToldCallbacks,
} from '#libs/case-store';
import { eraseInCases } from './erase-in-cases.js';
import { redactAllOf } from './redact-interactions.js';
import type { WritePlan } from './plan-writes.js';
import { writePeople } from './write-people.js';
import type { Repetition } from '../records/decided-records.js';

/**
 * Writes a plan with one statement per kind of row, and returns the further deliveries that were really new. What may
 * turn out to be somebody else's by now comes first, so that a conflict is met before the bulk is written; the rows of
 * interactions are locked here and not before, because everybody locks cases first.
 */
export async function applyWrites(client: Queryable, plan: WritePlan): Promise<Repetition[]> {
  const { accountId, now } = plan;
  await unlessEmpty(plan.contacts, (rows) => insertContacts(client, accountId, now, rows));
  await unlessEmpty(
    identitiesOf(plan).filter(({ shared }) => shared === true),
    (rows) => shareIdentities(client, accountId, rows),
  );
  await unlessEmpty(identitiesOf(plan), (rows) => insertIdentities(client, accountId, now, rows));
  await writePeople(client, plan);
  await unlessEmpty(plan.threads, (rows) => claimThreads(client, accountId, rows));
  await unlessEmpty(plan.facts, (rows) => insertFacts(client, accountId, rows));
  await unlessEmpty(plan.interactions, (rows) => insertInteractions(client, accountId, now, rows));
  await unlessEmpty(plan.revised, (rows) => reviseInteractions(client, accountId, rows));
  await unlessEmpty(plan.voicemails, (rows) => hasten(client, plan, rows));
  await unlessEmpty(plan.suspended, (rows) => insertSuspensions(client, accountId, now, rows));
  await unlessEmpty(plan.settled, (rows) => settleSuspensions(client, accountId, now, rows));
  await unlessEmpty(plan.threadMoves, (rows) => moveThreads(client, accountId, rows));
  await unlessEmpty(plan.relinks, (rows) => relinkInteractions(client, accountId, rows));
  await unlessEmpty(plan.moves, (rows) => moveInteractions(client, accountId, rows));
  await unlessEmpty(plan.left, (sha256s) => suspectContents(client, sha256s));
  await unlessEmpty(plan.repeated, (rows) => noteRepeatedContents(client, accountId, rows));
  const added = plan.further.length === 0 ? [] : await addEndpoints(client, accountId, plan.further);
  await unlessEmpty(plan.inserted, (rows) => insertCases(client, accountId, rows));
  // Before cases are changed: one that is closed here takes no comment afterwards.
  await unlessEmpty(plan.comments, (rows) => insertComments(client, accountId, rows));
  await unlessEmpty(plan.attachments, (rows) => attachFiles(client, accountId, rows));
  await unlessEmpty(plan.commentEdits, (rows) => editComments(client, accountId, rows));
  await unlessEmpty(plan.updated, (rows) => update(client, plan, rows));
  await unlessEmpty(plan.events, (rows) => insertCaseEvents(client, accountId, now, rows));
  await unlessEmpty(plan.commentRedactions, (rows) => redact(client, accountId, rows));
  await unlessEmpty(plan.interactionRedactions, (rows) =>
    forPrivacy(client, () => redactAllOf(client, accountId, rows)),
  );
  await unlessEmpty(plan.erasedInteractions, (ids) => forgetPersons(client, accountId, ids));
  await unlessEmpty(plan.erasures, (rows) => forPrivacy(client, () => eraseInCases(client, accountId, rows)));
  // Before links are made: two cases that are related anew have one link.
  await unlessEmpty(plan.unlinked, (ids) => deleteLinks(client, accountId, ids));
  await unlessEmpty(plan.links, (rows) => insertLinks(client, accountId, now, rows));
  await unlessEmpty(plan.turns, (rows) => stampAssigned(client, accountId, rows));
  await unlessEmpty(plan.holds, (rows) => changeLegalHolds(client, accountId, rows));
  await unlessEmpty(plan.overdue, (rows) => insertToldOverdue(client, accountId, rows));
  await unlessEmpty(plan.presses, (rows) => writePresses(client, accountId, now, rows));
  await unlessEmpty(plan.contactChoices, (rows) => rememberChoices(client, accountId, rows));
  await unlessEmpty(plan.callbacks, (rows) => writeCallbacks(client, accountId, rows));
  await unlessEmpty(plan.toldCallbacks, (rows) => writeToldCallbacks(client, accountId, now, rows));
  await unlessEmpty(plan.throwAways, (rows) => resolveThrowAways(client, accountId, rows));
  await unlessEmpty(plan.purged, (rows) => purge(client, plan, rows));
  return added.flatMap(({ interactionId, caseId, endpoints }) => {
    return endpoints.map((endpoint) => ({ interactionId, caseId, endpoint }));
  });
}

/** What waits for a message that is decided on now looks for it again. */
async function hasten(client: Queryable, plan: WritePlan, rows: WritePlan['voicemails']): Promise<void> {
  const names = rows.flatMap((row) => row.names);
  if (names.length > 0) {
    await hastenVoicemails(
      client,
      plan.accountId,
      plan.now,
      names,
      rows.map(({ id }) => id),
    );
  }
}

/** A redaction takes words out of closed cases and those in the trash as well. */
function update(client: Queryable, plan: WritePlan, rows: WritePlan['updated']): Promise<void> {
  const write = (): Promise<void> => updateCases(client, plan.accountId, rows);
  const isForPrivacy = plan.interactionRedactions.length + plan.erasures.length > 0;
  return isForPrivacy ? forPrivacy(client, write) : write();
}

/** What a comment looks like of which the text was taken away. */
const WITHOUT_TEXT = JSON.stringify({ title: null, body_text: '', body_html: null, attachments: [] });
const WITHOUT_NAME = JSON.stringify({ file_name: 'redacted' });

/** Last, so that what the same transaction has written of them is gone too. */
async function redact(client: Queryable, accountId: string, redactions: WritePlan['commentRedactions']): Promise<void> {
  const ids = redactions.map(({ id }) => id);
  const files = await forPrivacy(client, async () => {
    await redactComments(client, accountId, redactions);
    return deleteCommentAttachments(client, accountId, ids);
  });
  await redactCommentEvents(client, accountId, redactions);
  const presses = await findPressesOfComments(client, accountId, ids);
  const said = presses.filter((one) => commentOfPress(one, one.interactionId, one.caseId) === one.commentId);
  await unlessEmpty(said, (rows) =>
    redactPressesOfComments(client, accountId, [...new Set(rows.map(({ eventId }) => eventId))]),
  );
  await redactAnswers(client, accountId, ids, WITHOUT_TEXT);
  await unlessEmpty(files, (rows) => redactAnswers(client, accountId, rows, WITHOUT_NAME));
}

/** The cases first: what hangs on them is written by nobody else while their rows are locked, or gone. */
async function purge(client: Queryable, { accountId, now }: WritePlan, purged: WritePlan['purged']): Promise<void> {
  const caseIds = purged.map(({ state }) => state.id);
  const rows = purged.map(({ state, change }) => {
    return { caseId: state.id, by: JSON.stringify({ actor: change.actor, on_behalf_of: change.onBehalfOf ?? null }) };
  });
  await purgeCases(client, accountId, now, rows);
  await deleteCaseEvents(client, accountId, caseIds);
  await deleteLinksOfCases(client, accountId, caseIds);
  await deleteSearchTexts(client, accountId, caseIds);
  await deleteThreads(client, accountId, caseIds);
  // Before nothing says any more which interactions were of these cases.
  await redactDeliveriesOfCases(client, accountId, caseIds);
  const interactionIds = await blankInteractions(client, accountId, caseIds);
  await deleteChoices(client, accountId, interactionIds);
  await deleteCallbacks(client, accountId, interactionIds);
  await blankPresses(client, accountId, { caseIds, interactionIds });
  await deleteThrowAways(
    client,
    accountId,
    caseIds,
    purged.map(({ state }) => state.requester.id),
  );
}

async function unlessEmpty<Row>(rows: readonly Row[], write: (rows: readonly Row[]) => Promise<void>): Promise<void> {
  if (rows.length > 0) {
    await write(rows);
  }
}

function identitiesOf(plan: WritePlan): Parameters<typeof insertIdentities>[3] {
  return plan.contacts.flatMap(({ id, identity, verified, more = [] }) => {
    const all = identity === null ? more : [identity, ...more];
    return all.map((one) => ({ ...one, contactId: id, verified }));
  });
}
