import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCase, anInteraction } from '#libs/testing';
import type { NamedInteraction, SaidByChannel } from '../../index.js';
import { timesWith, timesWithout } from './heard-times.js';

const OUTCOMES = ['created', 'attached', 'reopened', 'automatic', 'internal', 'recorded:outbound'];
const said = fc
  .record({
    outcome: fc.constantFrom(...OUTCOMES),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    submitterKind: fc.constantFrom('agent', 'contact', null),
    minute: fc.nat(59),
  })
  .map(({ minute, ...one }) => ({ ...one, at: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z` }));
type Said = Parameters<typeof namedOf>[0];

function namedOf({
  at,
  direction,
  ...one
}: { at: string; direction: 'inbound' | 'outbound' } & Omit<Voice, 'direction'>) {
  const interaction = anInteraction({ occurredAt: at, direction });
  return { ...one, interaction, caseId: null, openedCaseId: null, revision: 1, isRedacted: false } as NamedInteraction;
}
type Voice = Pick<SaidByChannel, 'direction' | 'outcome' | 'submitterKind'>;

const rowsOf = (all: readonly Said[]): SaidByChannel[] =>
  all.map(({ at, ...one }) => ({ ...one, form: 'interaction', first: at, last: at }));

const NOBODY = { lastRequesterAt: null, lastAgentAt: null, firstResponseAt: null };

describe('the times of a case', () => {
  it('are those of what is left when one that came goes again', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 6 }), said, (others, one) => {
        const heard = (all: readonly Said[]) =>
          all.reduce((times, each) => ({ ...times, ...timesWith(times, namedOf(each)) }), aCase(NOBODY));
        const [with_, without] = [heard([...others, one]), heard(others)];
        const left = { ...with_, ...timesWithout(with_, namedOf(one), rowsOf(others)) };
        expect([left.lastRequesterAt, left.lastAgentAt]).toEqual([without.lastRequesterAt, without.lastAgentAt]);
      }),
    );
  });

  it('know the first answer by a public comment of an agent too', () => {
    const [answer, comment] = ['2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z'];
    const one = namedOf({ at: answer, direction: 'outbound', outcome: 'attached', submitterKind: null });
    const before = aCase({ firstResponseAt: answer, lastAgentAt: comment });
    const words = { form: 'comment', public: true, first: comment, last: comment } as const;
    expect(timesWithout(before, one, [words])).toEqual({ firstResponseAt: comment });
    expect(timesWithout(before, one, [{ ...words, public: false }])).toEqual({ firstResponseAt: null });
  });
});
