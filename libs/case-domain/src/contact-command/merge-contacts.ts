import type { Fault } from '../command/refusal.js';
import type { ContactState } from '../contact/contact-state.js';
import type { MergeContacts, UnmergeContact } from './contact-command.js';
import {
  type ContactCircumstances,
  type ContactCommandDecision,
  decided,
  deskOf,
  livingContact,
  refuseContact,
  refused,
  refuseFaults,
  refuseStaleContact,
} from './contact-decision.js';

/** Lets contacts live on in another one: their identities are its own from then on, their ids answer as it. */
export function mergeContacts(command: MergeContacts, given: ContactCircumstances): ContactCommandDecision {
  const { asker, expected, into, from } = command;
  const { book, moment } = given;
  const winner = into === null ? null : livingContact(book, into);
  const losers = from.map((id) => livingContact(book, id));
  const stale = winner === null ? null : refuseStaleContact(expected, winner);
  const unknown = [
    ...(into !== null && winner === null ? [unknownAt('/into')] : []),
    ...losers.flatMap((loser, index) => (loser === null ? [unknownAt(`/from/${index}`)] : [])),
  ];
  const refusal = stale ?? refuseFaults([...command.faults, ...unknown]);
  if (refusal !== null || winner === null) {
    return refused(refusal ?? refuseContact('validation-failed', 'Say into which contact.'));
  }
  const faults = from.flatMap((id, index) => {
    const detail = reasonAgainst(id, losers[index] ?? winner, winner);
    return detail === null ? [] : [{ pointer: `/from/${index}`, code: 'merge-not-allowed', detail }];
  });
  if (faults.length > 0) {
    return refused(refuseContact('merge-not-allowed', faults[0]?.detail ?? '', { faults }));
  }
  const desk = deskOf(given, asker);
  const loserIds = new Set(losers.flatMap((loser) => loser?.id ?? []).filter((id) => id !== winner.id));
  for (const loserId of loserIds) {
    const merge = { id: moment.newId(), loserId, winnerId: winner.id, at: moment.now, by: asker.actor };
    desk.merge({ ...merge, heardId: null, undoneAt: null });
  }
  return decided(desk, winner.id);
}

const unknownAt = (pointer: string): Fault => {
  return { pointer, code: 'unknown-contact', detail: 'The account has no such contact.' };
};

function reasonAgainst(named: string, loser: ContactState, winner: ContactState): string | null {
  if (named === winner.id) {
    return 'A contact cannot be merged into itself, nor into one that was merged into it.';
  }
  if (winner.kind === 'anonymous') {
    return 'A caller who hid the number is nobody to be merged into: merge that contact into the other one.';
  }
  return loser.kind === 'shared_line' && winner.kind === 'person'
    ? 'A line that several people share is no person: say first with `kind` that it is one.'
    : null;
}

/** Makes a contact that lives on in another one itself again, with those that were merged into it before. */
export function unmergeContact(
  command: UnmergeContact,
  state: ContactState,
  given: ContactCircumstances,
): ContactCommandDecision {
  const { asker, mergedId, faults } = command;
  const { book, moment } = given;
  const merges = [...book.allMerges().values()].filter(({ id, loserId, undoneAt }) => {
    return loserId === mergedId && undoneAt === null && !book.isIdle(id);
  });
  const isOfFamily = mergedId !== null && mergedId !== state.id && book.survivorOf(mergedId) === state.id;
  const detail = 'Must be a contact that was merged into this one: see merged_from.';
  const wrong = !isOfFamily || merges.length === 0;
  const refusal = refuseFaults([
    ...faults,
    ...(wrong && mergedId !== null ? [{ pointer: '/contact_id', code: 'target-not-allowed', detail }] : []),
  ]);
  if (refusal !== null) {
    return refused(refusal);
  }
  const desk = deskOf(given, asker);
  merges.forEach((merge) => desk.merge({ ...merge, heardId: null, undoneAt: moment.now }));
  return decided(desk, state.id);
}
