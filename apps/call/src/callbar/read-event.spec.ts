import { describe, expect, it } from '@jest/globals';
import { CALL_BAR_ACTIONS, type CallBarAction } from '#libs/interaction';
import { readEvent } from './read-event.js';

const RECEIVED = new Date('2026-11-02T10:15:02.000Z');
const SENDING = {
  accountId: '2b1f0a52-6a2e-5f8e-9d1b-0d2a3c4b5e6f',
  agent: 'ana@acme.example',
  receivedAt: RECEIVED,
};
const INTERACTION = '0c7a4a5e-12aa-5b61-9f27-2f0d7b1d9a10';
const ID = '0192f3a0-5b7c-7def-8123-456789abcdef';

function aBody(members: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const call = { interaction_id: INTERACTION };
  return { event_id: ID, occurred_at: '2026-11-02T11:15:00+01:00', action: 'wrapup.start', call, ...members };
}

/** What each action says besides its call, and how it is carried on. */
const PRESSED: Readonly<Record<CallBarAction, readonly [object, object]>> = {
  'case.create': [
    { subject: 'A bag', group: 'Support' },
    { subject: 'A bag', group: 'Support' },
  ],
  'case.attach': [{ case: 'CASE-12' }, { case: { by: 'number', value: '12' } }],
  'case.detach': [{ case: INTERACTION.toUpperCase() }, { case: { by: 'id', value: INTERACTION } }],
  'contact.link': [
    { integration: 'crm', external_id: '77' },
    { contact: { external: { integration: 'crm', externalId: '77' } } },
  ],
  'contact.create': [
    { name: 'Rui', emails: ['Rui@Example.com'], phones: ['+351 912 345 678'] },
    { person: { name: 'Rui', emails: ['rui@example.com'], phones: ['+351912345678'] } },
  ],
  'disposition.set': [
    { code: 'sold', label: 'Sold' },
    { code: 'sold', label: 'Sold' },
  ],
  'note.save': [
    { text: 'Wants it red', note_id: 'n1' },
    { text: 'Wants it red', noteId: 'n1' },
  ],
  'callback.schedule': [{ at: '2026-11-03T09:00:00Z' }, { at: '2026-11-03T09:00:00.000Z' }],
  'wrapup.start': [{}, {}],
  'wrapup.end': [{}, {}],
};

describe('what a call bar sends', () => {
  it.each(CALL_BAR_ACTIONS)('is read: %s', (action) => {
    const [said, read] = PRESSED[action];
    expect(readEvent(aBody({ action, ...said }), SENDING)).toMatchObject({
      ok: true,
      event: {
        id: ID,
        action,
        agent: SENDING.agent,
        occurredAt: '2026-11-02T10:15:00.000Z',
        call: { interactionId: INTERACTION },
        ...read,
      },
    });
  });

  it('has one name of what it says, whatever client says it and whenever it comes', () => {
    const hashOf = (body: object, receivedAt = RECEIVED) => {
      const read = readEvent(body, { ...SENDING, receivedAt });
      return read.ok ? read.event.contentSha256 : null;
    };
    const first = hashOf(aBody());
    expect(hashOf(aBody({ client: { name: 'bar', version: '2' } }), new Date(RECEIVED.getTime() + 60_000))).toBe(first);
    expect(hashOf(aBody({ action: 'wrapup.end' }))).not.toBe(first);
  });

  it('happened when it came where the clock of the bar is off by more than five minutes', () => {
    const read = readEvent(aBody({ occurred_at: '2026-11-02T10:00:00Z' }), SENDING);
    expect(read).toMatchObject({ ok: true, event: { occurredAt: RECEIVED.toISOString() } });
  });

  it.each<[string, unknown, readonly string[]]>([
    ['no object', [], ['']],
    ['an agent of its own', aBody({ agent: 'rui@acme.example' }), ['/agent']],
    ['an id of another version', aBody({ event_id: INTERACTION }), ['/event_id']],
    ['no time, no action', { event_id: ID }, ['/occurred_at', '/action']],
    ['an action that nobody knows', aBody({ action: 'case.delete' }), ['/action']],
    ['no call', aBody({ call: undefined }), ['/call']],
    ['half a call', aBody({ call: { call_id: 'c1' } }), ['/call']],
    ['a member too many', aBody({ colour: 'red' }), ['/colour']],
    ['two names of a contact', aBody({ action: 'contact.link', contact_id: INTERACTION, external_id: '7' }), ['']],
    ['a note without text', aBody({ action: 'note.save' }), ['/text']],
    ['a number of no case', aBody({ action: 'case.attach', case: 'CASE-0' }), ['/case']],
  ])('is refused with the place: %s', (_, body, pointers) => {
    const read = readEvent(body, SENDING);
    expect(read.ok ? [] : read.problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(read.ok ? 0 : read.problem.status).toBe(400);
  });
});
