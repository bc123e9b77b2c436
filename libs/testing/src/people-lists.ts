import fc from 'fast-check';
import { type Effects, SYSTEM } from '#libs/case-domain';
import { aContact } from './builders/contacts.js';

const some = <One>(one: fc.Arbitrary<One>): fc.Arbitrary<readonly One[]> => fc.array(one, { maxLength: 4 });
const instant = fc.constantFrom('2026-03-01T09:00:00.000Z', '2026-03-02T09:00:00.000Z');

type Member =
  'contactChanges' | 'contactMerges' | 'contactErasures' | 'reconsiderations' | 'erasedInteractions' | 'erasures';

/** What effects say of contacts, of any kind. */
export const PEOPLE_LISTS: { readonly [Name in Member]: fc.Arbitrary<Effects[Name]> } = {
  contactChanges: some(
    fc.record({
      state: fc.constantFrom('c-1', 'c-2').map((id) => aContact({ id })),
      before: fc.nat(3),
      identities: fc.constant([]),
      added: fc.constant([]),
      removed: fc.constant([]),
    }),
  ),
  contactMerges: some(
    fc.record({
      id: fc.constantFrom('g-1', 'g-2'),
      loserId: fc.constant('c-1'),
      winnerId: fc.constantFrom('c-2', 'c-3'),
      at: instant,
      by: fc.constant(SYSTEM),
      heardId: fc.constant(null),
      undoneAt: fc.option(instant),
    }),
  ),
  contactErasures: some(
    fc.record({
      id: fc.constantFrom('e-1', 'e-2'),
      contactId: fc.constant('c-1'),
      requestedBy: fc.constant(SYSTEM),
      reason: fc.constant(null),
      state: fc.constantFrom('waiting' as const, 'requested' as const),
      at: instant,
    }),
  ),
  erasedInteractions: some(fc.constantFrom('i-1', 'i-2')),
  erasures: some(
    fc.record({
      caseId: fc.constantFrom('a', 'b'),
      isHers: fc.boolean(),
      traces: fc.constant({ unique: 'a', all: 'a|b', own: 'a|b|c' }),
    }),
  ),
  reconsiderations: some(
    fc.record({
      contactId: fc.constantFrom('c-1', 'c-2'),
      because: fc.constantFrom('merged' as const, 'identity' as const),
      by: fc.constant(SYSTEM),
      at: instant,
    }),
  ),
};
