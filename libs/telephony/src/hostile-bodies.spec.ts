import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROVIDERS } from './index.js';
import { eventsOf, exampleBodies } from './testing/arrivals.js';

const NAMES = ['answered', 'missed', 'abandoned', 'transferred', 'voicemail', 'transcript', 'outbound', 'withheld'];

/** What a careless or hostile sender may write in the place of any value. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' ', 0, -1, 1e300, true, [], {}, [[]], 'x'.repeat(5000), '😀'.repeat(200)),
  fc.constantFrom<unknown>(
    'constructor',
    '__proto__',
    'completed',
    'voicemail',
    '-5',
    '9'.repeat(30),
    'Infinity',
    '0x1f',
  ),
  fc.constantFrom<unknown>(
    'Mon, 02 Mar 2026 10:15:00 +0000',
    'Thu, 01 Jan 275760 00:00:00 GMT',
    '2026-03-02T10:15:00Z',
    'a\r\nb',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

describe.each(PROVIDERS.map(({ name }) => name))('%s', (provider) => {
  const bodies = NAMES.flatMap((name) => exampleBodies(provider, name));

  it('makes facts that keep the contract, or says what is wrong, whatever stands anywhere', () => {
    const changed = fc.constantFrom(...bodies).chain((body) => {
      const events = Array.isArray(body['events']) ? (body['events'] as Record<string, unknown>[]) : [body];
      return fc.constantFrom(...events).chain((event) =>
        fc
          .dictionary(
            fc.constantFrom(...Object.keys(event), 'CallStatus', 'agent', 'type', 'user', 'recording_url'),
            anything,
            {
              maxKeys: 4,
            },
          )
          .map((change) => ({ ...event, ...change })),
      );
    });
    fc.assert(
      fc.property(changed, (plain) => {
        let events: readonly unknown[] = [];
        try {
          events = eventsOf(plain, `${provider}/pbx`);
        } catch (error) {
          // The problems of a body; a fact that breaks the contract, or anything else that is thrown, is a defect.
          expect((error as Error).message).toMatch(/^\[\{"pointer":"/);
        }
        expect(events.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('F30 a template with holes', () => {
  const holes = {
    event: 'inboundCallEnds',
    call_id: '30',
    agent_id: '',
    contact_id: '',
    recording_url: '',
    duration: '0',
    waiting_time: '41',
    tags: 'Support,Billing',
    talkdesk_phone_number: '+351210000000',
    contact_phone_number: '+351210000001',
  };

  it('reads empty text as nothing, never as an id', () => {
    const [fact] = eventsOf(holes, 'talkdesk/main')[0]!.calls;
    expect(fact).toMatchObject({
      kind: 'ended',
      from: { number: '+351210000001' },
      to: { number: '+351210000000' },
      times: { startedAt: '2026-03-02T18:29:19.000Z', queuedAt: '2026-03-02T18:29:19.000Z' },
      context: { tags: ['Support', 'Billing'] },
    });
    expect(fact).not.toHaveProperty('agent');
    expect(fact!.context).not.toHaveProperty('contact');
  });

  it('is an answered call where an agent is named and talked', () => {
    const [fact] = eventsOf({ ...holes, agent_email: 'ana@acme.example', duration: '95' }, 'talkdesk/main')[0]!.calls;
    expect(fact).toMatchObject({ answeredBy: 'agent', agent: { email: 'ana@acme.example' } });
  });
});
