import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCallFact, aCallParty, aVoicemailFact, CALLER, instantAt } from '#libs/testing';
import {
  CALL_FACT_KINDS,
  CallFact,
  callFactSchema,
  checkCallFact,
  checkVoicemailFact,
  contactFactSchema,
  parseCallFact,
  parseVoicemailFact,
  VOICEMAIL_FACT_KINDS,
  voicemailFactSchema,
} from '../index.js';
import { contractErrors } from './read-contract.js';

type Json = Record<string, unknown>;

const recording = { id: 'r-1', status: 'pending', mediaType: 'audio/wav', durationMs: 47_000 } as const;
const transcript = {
  recordingId: 'r-1',
  status: 'completed',
  language: 'pt-PT',
  text: 'Bom dia.',
  confidence: 0.91,
} as const;
/** One of each kind with everything that may be told. */
const FULL: Readonly<Record<string, CallFact>> = Object.fromEntries(
  CALL_FACT_KINDS.map((kind, index) => [
    kind,
    aCallFact(kind, index, {
      origin: { sequence: index },
      legId: 'l-1',
      parentCallId: 'c-76',
      direction: 'inbound',
      from: { ...aCallParty(CALLER, 'Maria Silva'), attestation: 'A' },
      to: { extension: '201', presentation: 'allowed' },
      divertedFrom: { raw: 'anonymous', presentation: 'withheld' },
      line: '+351210000000',
      queue: 'Support',
      menuChoice: '1',
      agent: { email: 'ana@acme.example' },
      agents: [{ extension: '201' }, { id: 'client:rui', name: 'Rui' }],
      answeredBy: 'agent',
      transfer: { kind: 'attended', agent: { extension: '202' }, newCallId: 'c-78' },
      end: { by: 'caller', reason: 'completed', providerCode: 'normalClearing', q850: 16, sip: 200 },
      times: { startedAt: instantAt(0), queuedAt: instantAt(1), ringingAt: instantAt(2), answeredAt: instantAt(3) },
      recording: { ...recording, startedAt: instantAt(3), channels: 2, consent: 'opt_in' },
      transcript: { ...transcript, segments: [{ startMs: 0, endMs: 900, speaker: 'caller', text: 'Bom dia.' }] },
      context: {
        contact: { integration: 'crm', externalId: '100' },
        verified: true,
        caseNumber: '12',
        tags: ['vip'],
        data: { shop: 7 },
        test: false,
      },
    }),
  ]),
);

function detailOf(plain: unknown): string {
  const checked = checkCallFact(plain);
  return checked.ok ? 'ok' : checked.detail;
}

/** The fact with one value replaced; `undefined` removes it. */
function replaced(fact: object, path: string, value: unknown): Json {
  const root = JSON.parse(JSON.stringify(fact)) as Json;
  const names = path.split('.');
  const owner = names.slice(0, -1).reduce<Json>((inside, one) => inside[one] as Json, root);
  owner[names.at(-1)!] = value;
  return JSON.parse(JSON.stringify(root)) as Json;
}

describe('a fact about a call', () => {
  it('is read as it was written, with everything and with next to nothing', () => {
    for (const fact of Object.values(FULL)) {
      expect(parseCallFact(JSON.stringify(fact))).toEqual({ ok: true, fact });
    }
    const bare = aCallFact('ended');
    expect(parseCallFact(Buffer.from(JSON.stringify(bare)))).toEqual({ ok: true, fact: bare });
  });

  it.each([
    [null, 'the record has no value'],
    ['{', 'JSON'],
    ['[]', 'not an object'],
    ['{}', 'schema'],
  ])('is not read from %j', (value, detail) => {
    const parsed = parseCallFact(value);
    expect(parsed.ok || parsed.detail).toContain(detail);
  });

  it.each([
    ['id', '21d14887-fe7a-596f-bd8b-7b36d3d1845d'],
    ['channel', 'voicemail'],
    ['kind', 'hummed'],
    ['callId', ''],
    ['callId', undefined],
    ['origin', undefined],
    ['origin.connection', 'generic'],
    ['origin.connection', 'Generic/pbx'],
    ['origin.connection', 'generic/p b x'],
    ['origin.eventId', 'a\nb'],
    ['origin.part', -1],
    ['origin.contentSha256', 'abc'],
    ['origin.at', '2026-03-02T10:15:00Z'],
    ['origin.sequence', 1.5],
    ['direction', 'sideways'],
    ['from.presentation', undefined],
    ['from.number', 'anonymous'],
    ['agent', { name: 'Ana' }],
    ['agents', [{ extension: '201' }, { name: 'Rui' }]],
    ['transfer.agent', {}],
    ['transfer.kind', 'warm'],
    ['end.q850', 0],
    ['end.sip', 700],
    ['times.answeredAt', 'noon'],
    ['recording.status', 'stored'],
    ['transcript.confidence', 1.01],
    ['transcript.segments.0.text', 1],
    ['context.caseNumber', 'CASE-12'],
    ['context.tags', Array.from({ length: 21 }, () => 'tag')],
    ['context.data', { text: 'x'.repeat(9000) }],
    ['context.data', { text: 'a\u0000b' }],
  ])('names what is wrong with %s: %j', (path, value) => {
    const detail = detailOf(replaced(FULL['ended']!, path, value));
    expect(detail).toContain(path.split('.')[0]);
  });

  it('of some kinds cannot do without what it is about', () => {
    expect(detailOf(aCallFact('answered'))).toMatch(/^answeredBy/);
    expect(detailOf(aCallFact('ended', 9, { times: { answeredAt: instantAt(3) } }))).toMatch(/^answeredBy/);
    expect(detailOf(aCallFact('transferred'))).toMatch(/^transfer/);
    expect(detailOf(aCallFact('recording'))).toMatch(/^recording/);
    expect(detailOf(aCallFact('transcript'))).toMatch(/^transcript/);
  });

  it('has an id that everything of its origin which names it goes into', () => {
    const fact = FULL['started']!;
    for (const [path, value] of [
      ['origin.connection', 'generic/other'],
      ['origin.eventId', 'other'],
      ['origin.part', 1],
      ['origin.contentSha256', '1'.repeat(64)],
      ['accountId', '00000000-0000-4000-8000-000000000000'],
    ] as const) {
      expect(detailOf(replaced(fact, path, value))).toContain('id: is not derived');
    }
  });
});

describe('a fact about a voicemail', () => {
  const full = VOICEMAIL_FACT_KINDS.map((kind) =>
    aVoicemailFact(kind, 0, {
      callId: 'c-78',
      legId: 'l-1',
      from: aCallParty(CALLER),
      to: aCallParty('+351210000000'),
      line: '+351210000000',
      mailbox: { id: '2001', label: 'Support' },
      durationMs: 47_000,
      callback: aCallParty('+351910000002'),
      urgent: true,
      recording,
      transcript,
      context: { tags: ['vip'] },
    }),
  );

  it('is read as it was written, and says what is wrong', () => {
    for (const fact of full) {
      expect(parseVoicemailFact(JSON.stringify(fact))).toEqual({ ok: true, fact });
      expect(checkCallFact(fact).ok).toBe(false);
    }
    for (const [path, value] of [
      ['voicemailId', ''],
      ['mailbox', {}],
      ['durationMs', -1],
      ['urgent', 'yes'],
      ['recording.content', { sha256: 'x' }],
      ['callback.presentation', null],
    ] as const) {
      const checked = checkVoicemailFact(replaced(full[0]!, path, value));
      expect(checked.ok || checked.detail).toContain(path.split('.')[0]);
    }
    expect(checkVoicemailFact(aVoicemailFact('recording')).ok).toBe(false);
    expect(checkVoicemailFact(aVoicemailFact('transcript')).ok).toBe(false);
    expect(checkVoicemailFact(aVoicemailFact('left')).ok).toBe(true);
  });
});

/** Values that a careless or hostile writer may put anywhere. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', 'x'.repeat(501), 0, -1, 1.5, true, [], {}, [null], [[]], [{}]),
  fc.jsonValue({ maxDepth: 3 }),
);

function pathsOf(value: unknown, path = ''): string[] {
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, child]) => [`${path}${name}`, ...pathsOf(child, `${path}${name}.`)]);
}

it('the compiled check says what the official validator says, whatever is put anywhere', () => {
  const fact = FULL['transcript']!;
  fc.assert(
    fc.property(fc.constantFrom(...pathsOf(fact)), anything, (path, value) => {
      const plain = replaced(fact, path, value);
      const checked = checkCallFact(plain);
      // Reasons that are not the decorators'.
      fc.pre(
        checked.ok ||
          !/is not derived|reserved|U\+0000|surrogate|deeper|is needed|named by none|longer/.test(checked.detail),
      );
      expect(checked.ok).toBe(contractErrors(CallFact, plain).length === 0);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['call-fact', callFactSchema()],
  ['voicemail-fact', voicemailFactSchema()],
  ['contact-fact', contactFactSchema()],
])('the JSON Schema of a %s is the published one', (name, schema) => {
  const published = readFileSync(new URL(`../fixtures/${name}.v1.schema.json`, import.meta.url), 'utf8');
  expect(JSON.parse(JSON.stringify(schema))).toEqual(JSON.parse(published));
});
