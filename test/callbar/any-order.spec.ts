import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallBarEvent, CallFact } from '#libs/interaction';
import { aCall, aCallBarEvent } from '#libs/testing';
import { openPressedWorld, type PressedWorld } from './pressed-world.js';

const RUI = 'rui@acme.example';

/** What agents press about one call, each with its own time. */
const PRESSED: readonly CallBarEvent[] = [
  aCallBarEvent('case.create', 12, { subject: 'Wants a refund' }),
  aCallBarEvent('note.save', 14, { text: 'First.', noteId: 'n', name: 'note 1' }),
  aCallBarEvent('note.save', 16, { text: 'Second.', noteId: 'n', name: 'note 2' }),
  aCallBarEvent('disposition.set', 18, { code: 'refund', name: 'disposition 1' }),
  aCallBarEvent('disposition.set', 19, { code: 'sale', agent: RUI, name: 'disposition 2' }),
  aCallBarEvent('case.create', 21, { agent: RUI, name: 'create 2' }),
  aCallBarEvent('contact.create', 22, { person: { name: 'Maria', emails: ['maria@example.org'], phones: [] } }),
  aCallBarEvent('callback.schedule', 23, { at: '2026-03-03T09:00:00.000Z', text: 'With the price' }),
  aCallBarEvent('wrapup.start', 24),
];

type Step = { readonly fact: CallFact } | { readonly event: CallBarEvent };
const STEPS: readonly Step[] = [...aCall().map((fact) => ({ fact })), ...PRESSED.map((event) => ({ event }))];

let world: PressedWorld;
beforeAll(async () => {
  world = await openPressedWorld();
});
afterAll(() => world?.stop());

/** Everything that a case says, but ids, numbers, versions and times of receipt. */
async function outcomeOf(steps: readonly Step[]): Promise<unknown> {
  await world.clear();
  for (const step of steps) {
    await ('fact' in step ? world.tells(step.fact) : world.presses(step.event));
  }
  await world.timers();
  const cases = await world.query(
    `select k.subject, k.description, k.category, k.source, k.priority, k.tags, k.interaction_count, k.comment_count,
            k.reopen_count, a.email as assignee, c.name as requester, k.requester_match ->> 'method' as method,
            k.submitter_kind, k.deleted_at is not null as gone, i.channel as origin
       from cases k
       left join agent a on a.id = k.assignee_id
       left join contact c on c.id = k.requester_id
       left join interaction i on i.id = k.origin_interaction_id
      order by k.number`,
  );
  const comments = (await world.comments()).map(({ body_text }) => body_text);
  const states = await world.query('select state, count(*)::int as events from callbar_event group by state');
  const calls = await world.query('select outcome, case_id is not null as has_case from interaction');
  const callbacks = await world.query('select at, number from callback');
  return { cases, comments, states, calls, callbacks };
}

describe('events and facts of one call', () => {
  it('give the same case in any order and however often they come', async () => {
    const expected = await outcomeOf(STEPS);
    expect(expected).toMatchObject({
      cases: [
        {
          subject: 'Wants a refund',
          assignee: RUI,
          requester: 'Maria',
          method: 'R5',
          tags: ['callback', 'disposition:sale'].sort(),
          interaction_count: 1,
        },
      ],
      comments: [
        'Call back on 3 Mar 2026 09:00: With the price',
        'Disposition: refund',
        'Disposition: sale',
        'Second.',
      ],
      states: [{ state: 'applied', events: PRESSED.length }],
    });
    const orders = fc
      .tuple(
        fc.shuffledSubarray([...STEPS], { minLength: STEPS.length }),
        fc.array(fc.constantFrom(...STEPS), { maxLength: 4 }),
      )
      .map(([all, repeated]) => [...all, ...repeated]);
    await fc.assert(
      fc.asyncProperty(orders, async (steps) => {
        expect(await outcomeOf(steps)).toEqual(expected);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('give another one where an event is missing', async () => {
    const expected = await outcomeOf(STEPS);
    const [first] = PRESSED;
    expect(await outcomeOf(STEPS.filter((step) => !('event' in step && step.event === first)))).not.toEqual(expected);
  });
});
