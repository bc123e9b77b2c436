import { describe, expect, it } from '@jest/globals';
import type { CallFact, VoicemailFact } from '#libs/interaction';
import { PROVIDERS } from '#libs/telephony';
import { secretRemover } from '../deliveries/without-secrets.js';
import { type CallReading, readFacts } from './read-facts.js';

const ACCOUNT = '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11';
const arrival = { accountId: ACCOUNT, receivedAt: '2026-03-02T10:15:01.000Z', path: null, requestId: null } as const;

function aConnection(overrides: Partial<CallReading> = {}): CallReading {
  const provider = PROVIDERS.find(({ name }) => name === 'generic')!;
  return {
    name: 'generic/pbx',
    provider,
    country: 'PT',
    countries: new Map([['+49301234567', 'DE']]),
    numberFormat: 'mixed',
    recordings: 'store',
    transcripts: 'provider',
    ...overrides,
  };
}

const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
const OTHER = 'a segment/çã';
const secrets = secretRemover([SECRET, OTHER]);

function readOf(event: object, connection = aConnection()) {
  return readFacts({ ...STARTED, ...event }, connection, arrival, secrets);
}

const STARTED = { id: 'e1', type: 'call.started', occurred_at: '2026-03-02T10:15:00Z', call_id: 'c-77' };

function factsOf(event: object, connection = aConnection()) {
  const read = readOf(event, connection);
  if (!read.ok) {
    throw new Error(JSON.stringify(read.problems));
  }
  return read.events.flatMap(({ told }) => told.map(({ json }) => JSON.parse(json) as CallFact | VoicemailFact));
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
    const kept = readOf(left);
    expect(kept).toMatchObject({ events: [{ recordings: [{ address: recording.url }], awaited: [] }] });
    const without = aConnection({ recordings: 'none', transcripts: 'none' });
    expect(readOf(left, without)).toMatchObject({ events: [{ recordings: [] }] });
    expect(factsOf(left, without)[0]).not.toHaveProperty('transcript');
  });

  it('holds none of our secrets, wherever a sender has written one, and fetches a sound from the whole address', () => {
    const written = [SECRET, SECRET.slice('whsec_'.length), OTHER, encodeURIComponent(OTHER)];
    for (const secret of written) {
      const url = `https://pbx.acme.example/r-1.wav?key=${encodeURIComponent(secret)}`;
      const said = {
        id: `e ${secret}`,
        type: 'call.recording',
        from: { number: '+351210000001', name: `${'x'.repeat(190)} ${secret}` },
        agent: { email: `${secret.replace(/\W/g, '')}@acme.example`, name: secret },
        recording: { id: `r ${secret}`, url, status: 'available' },
        data: { [secret]: 1, url: secret, deep: [{ text: `the key is ${secret}.` }] },
      };
      const read = readOf(said);
      expect(read).toMatchObject({ ok: true, events: [{ recordings: [{ address: url }] }] });
      const text = JSON.stringify(read).replace(JSON.stringify(url), '');
      expect(written.filter((one) => text.includes(one))).toEqual([]);
    }
    expect(factsOf({ data: { text: `the key is ${SECRET}.` } })).toMatchObject([
      { context: { data: { text: 'the key is redacted.' } } },
    ]);
  });

  it('is named by a request without a secret in its name', () => {
    const { id: _named, ...nameless } = STARTED;
    const read = readFacts(nameless, aConnection(), { ...arrival, requestId: `msg ${SECRET}` }, secrets);
    expect(read).toMatchObject({ events: [{ id: 'msg redacted', told: [expect.anything()] }] });
    expect(JSON.stringify(read)).not.toContain(SECRET);
  });
});
