import { describe, expect, it } from '@jest/globals';
import { PROVIDERS } from '#libs/telephony';
import type { WebhookConnection } from './connection/connections.js';
import { readFacts } from './read-facts.js';

const ACCOUNT = '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11';
const arrival = { accountId: ACCOUNT, receivedAt: '2026-03-02T10:15:01.000Z', path: null, requestId: null } as const;

function aConnection(overrides: Partial<WebhookConnection> = {}): WebhookConnection {
  const provider = PROVIDERS.find(({ name }) => name === 'generic')!;
  return {
    name: 'generic/pbx',
    provider,
    connection: { provider: 'generic', key: 'pbx', publicUrl: null, settings: {} },
    country: 'PT',
    countries: new Map([['+49301234567', 'DE']]),
    numberFormat: 'mixed',
    recordings: 'store',
    transcripts: 'provider',
    maxRecordingMegabytes: 50,
    allowedNetworks: [],
    ...overrides,
  };
}

const STARTED = { id: 'e1', type: 'call.started', occurred_at: '2026-03-02T10:15:00Z', call_id: 'c-77' };

function factsOf(event: object, connection = aConnection()) {
  const read = readFacts({ ...STARTED, ...event }, connection, arrival);
  if (!read.ok) {
    throw new Error(JSON.stringify(read.problems));
  }
  return read.events.flatMap(({ facts }) => facts);
}

describe('what a request amounts to', () => {
  it('reads national numbers with the country of the line, and of the connection where the line has none', () => {
    expect(factsOf({ from: '0221 29191999', to: '+49 30 1234567' })).toMatchObject([
      { from: { number: '+4922129191999' } },
    ]);
    expect(factsOf({ from: '0221 29191999', line: '030 1234567' })).toMatchObject([
      { from: { number: '+4922129191999' } },
    ]);
    expect(factsOf({ from: '210000001', to: '+351210000000' })).toMatchObject([{ from: { number: '+351210000001' } }]);
  });

  it('has the same ids whenever the same is read', () => {
    const ids = () => factsOf({ from: '+351210000001' }).map(({ id }) => id);
    expect(ids()).toEqual(ids());
  });

  it('has no text where none is wanted, and no sound to fetch where none is kept', () => {
    const recording = { id: 'r-1', url: 'https://pbx.acme.example/r-1.wav', status: 'available' };
    const left = {
      type: 'voicemail.left',
      voicemail: { id: 'v' },
      recording,
      transcript: { status: 'completed', text: 'a' },
    };
    const kept = readFacts({ ...STARTED, ...left }, aConnection(), arrival);
    expect(kept).toMatchObject({ events: [{ recordings: [{ address: recording.url }], awaited: [] }] });
    const without = aConnection({ recordings: 'none', transcripts: 'none' });
    expect(readFacts({ ...STARTED, ...left }, without, arrival)).toMatchObject({ events: [{ recordings: [] }] });
    expect(factsOf(left, without)[0]).not.toHaveProperty('transcript');
  });
});
