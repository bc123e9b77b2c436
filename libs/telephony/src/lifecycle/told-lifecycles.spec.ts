import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_FOLD } from '#libs/case-domain';
import type { CallFact } from '#libs/interaction';
import { readBody } from '#libs/webhook';
import { PROVIDERS } from '../providers.js';
import { eventsOf } from '../testing/arrivals.js';
import { genericSender, NOW, talkdeskSender, twilioSender, zammadSender } from '../testing/signed-requests.js';
import { LIFECYCLES } from './lifecycles.js';
import { playedCall } from './played-call.js';
import { sendOrder } from './send-order.js';

const CONNECTIONS = [genericSender(), zammadSender(), talkdeskSender(), twilioSender()].map((one) => one.connection);

/** What a provider has no event for; everything else it tells (channels.md H). */
const UNTOLD: Readonly<Record<string, readonly string[]>> = {
  generic: [],
  zammad: ['recorded', 'recorded-with-text', 'voicemail', 'missed-voicemail', 'voicemail-without-message', 'internal'],
  talkdesk: ['recorded-with-text', 'busy', 'missed-voicemail', 'voicemail-without-message', 'internal'],
  twilio: ['recorded-with-text', 'internal'],
};

const TOLD = CONNECTIONS.flatMap((connection) =>
  LIFECYCLES.map((lifecycle) => {
    const provider = PROVIDERS.find(({ name }) => name === connection.provider)!;
    return { provider, connection, lifecycle, said: provider.vendor.tell(played(lifecycle), connection) };
  }),
);

function played(lifecycle: (typeof LIFECYCLES)[number], seed = '1') {
  return playedCall(lifecycle, { seed, now: NOW });
}

describe('what providers tell of a lifecycle', () => {
  it.each(Object.entries(UNTOLD))('%s says what it has no event for', (provider, names) => {
    const untold = TOLD.filter((one) => one.provider.name === provider && typeof one.said === 'string');
    expect(untold.map(({ lifecycle }) => lifecycle.name)).toEqual(names);
  });

  const cases = TOLD.flatMap(({ provider, connection, lifecycle, said }) =>
    typeof said === 'string'
      ? []
      : [[provider.name, lifecycle.name, { provider, connection, lifecycle, said }] as const],
  );

  it.each(cases)('%s: %s is signed so that we believe it', (_provider, _name, { provider, connection, said }) => {
    for (const request of said) {
      const { target, headers, body } = provider.vendor.sign(request, connection, NOW);
      const sent = { target, body: Buffer.from(body), rawHeaders: Object.entries(headers).flat(), receivedAt: NOW };
      expect(provider.verify(sent, connection)).toMatchObject({ verified: true });
    }
  });

  it.each(cases)('%s: %s means the same, in any order and however often', (name, _name, { lifecycle, said }) => {
    // Systems without times of their own are believed by when we hear of it: as it happens.
    const [first = 0, last = 0] = [lifecycle.steps[0]?.at, lifecycle.steps.at(-1)?.at];
    const events = said.flatMap(({ body, contentType }, index) => {
      const read = readBody({ body: Buffer.from(body), rawHeaders: ['content-type', contentType] });
      const at = first + ((last - first) * index) / Math.max(1, said.length - 1);
      const receivedAt = new Date(NOW - (last - at) * 1000).toISOString();
      return read.ok ? eventsOf(read.plain, `${name}/pbx`, { receivedAt }) : [];
    });
    expect(events.filter(({ ignored }) => ignored !== null)).toEqual([]);
    const facts = events.flatMap(({ calls }) => calls);
    const hasMessage = events.some(({ voicemails }) =>
      voicemails.some(({ recording }) => recording?.status === 'pending'),
    );
    expect(hasMessage).toBe(lifecycle.outcome === 'voicemail_left');
    const calls = folded(facts);
    expect(new Set(calls.map(({ outcome }) => outcome))).toEqual(new Set([hasMessage ? 'missed' : lifecycle.outcome]));
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(folded(sendOrder(facts, { repeat: true, shuffle: true, seed }))).toEqual(calls);
      }),
      { numRuns: 50 },
    );
  });

  it('names the caller, the line and who talked', () => {
    for (const { provider, lifecycle, said } of TOLD.filter((one) => one.lifecycle.name === 'transferred')) {
      const bodies = (said as Exclude<typeof said, string>).map(({ body, contentType }) =>
        readBody({ body: Buffer.from(body), rawHeaders: ['content-type', contentType] }),
      );
      const facts = bodies.flatMap((read) => (read.ok ? eventsOf(read.plain, `${provider.name}/pbx`) : []));
      const [call] = folded(facts.flatMap(({ calls }) => calls));
      expect(call).toMatchObject({ sender: { value: '+351910000001' }, endpoint: { address: '+351210000000' } });
      expect(lifecycle.steps.length).toBeGreaterThan(3);
    }
  });
});

function folded(facts: readonly CallFact[]) {
  const names = [...new Set(facts.map(({ callId }) => callId))].sort();
  return names.map(
    (name) =>
      CALL_FOLD.fold(
        null,
        facts.filter(({ callId }) => callId === name),
      ).interaction,
  );
}

describe('the order in which requests are sent', () => {
  const requests = Array.from({ length: 8 }, (_, index) => index);

  it('is the given one unless it is to be disturbed, and the same for the same seed', () => {
    const disturbed = { repeat: true, shuffle: true, seed: '7' };
    expect(sendOrder(requests, { repeat: false, shuffle: false, seed: '7' })).toEqual(requests);
    expect(sendOrder(requests, disturbed)).toEqual(sendOrder(requests, disturbed));
    expect(sendOrder(requests, disturbed)).not.toEqual(sendOrder(requests, { ...disturbed, seed: '8' }));
  });

  it('leaves nothing out, repeats something when asked, and mixes', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const sent = sendOrder(requests, { repeat: true, shuffle: true, seed });
        expect([...new Set(sent)].sort()).toEqual(requests);
        expect(sent.length).toBeGreaterThan(requests.length);
        expect(sent.length).toBeLessThanOrEqual(2 * requests.length);
      }),
    );
    const mixed = ['1', '2', '3', '4'].map((seed) =>
      sendOrder(requests, { repeat: false, shuffle: true, seed }).join(),
    );
    expect(new Set(mixed).size).toBe(4);
  });
});
