import fc from 'fast-check';
import { aCallBarEvent } from './builders/presses.js';
import { PEOPLE_LISTS } from './people-lists.js';

const event = aCallBarEvent('wrapup.start');
const interactionId = fc.constantFrom('i-1', 'i-2', 'i-3');
const instant = fc.constantFrom('2026-03-01T09:00:00.000Z', '2026-03-02T09:00:00.000Z');
const agentId = fc.constant('ana');
const eventId = fc.constant(event.id);

const some = <One>(one: fc.Arbitrary<One>): fc.Arbitrary<readonly One[]> => fc.array(one, { maxLength: 4 });

/** Lists of effects that are what people say. */
export const SAID_LISTS = {
  ...PEOPLE_LISTS,
  commentEdits: some(
    fc.record({
      id: fc.constantFrom('m-1', 'm-2'),
      title: fc.constant(null),
      bodyText: fc.constantFrom('One', 'Two'),
      bodyHtml: fc.constant(null),
      at: instant,
    }),
  ),
  presses: some(
    fc.record({
      event: fc.constant(event),
      interactionId: fc.option(interactionId),
      agentId: fc.option(agentId),
      state: fc.constantFrom('parked' as const, 'applied' as const),
      reason: fc.constant(null),
      contactId: fc.constant(null),
      caseId: fc.option(fc.constantFrom('a', 'b')),
      created: fc.boolean(),
      saidIn: fc.constant([]),
    }),
  ),
  contactChoices: some(
    fc.record({
      number: fc.constantFrom('+351910000001', '+351910000002'),
      contactId: fc.constantFrom('c-1', 'c-2'),
      agentId,
      at: instant,
      eventId,
    }),
  ),
  callbacks: some(fc.record({ interactionId, eventId, agentId, at: instant, number: fc.constant(null) })),
  toldCallbacks: some(fc.record({ interactionId, eventId })),
};
