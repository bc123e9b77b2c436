import { describe, expect, it } from '@jest/globals';
import { readBody } from '#libs/webhook';
import { CALL_EVENT_SCHEMA, PROVIDERS } from '../index.js';
import { anArrival, eventsOf, exampleBodies } from '../testing/arrivals.js';

const generic = PROVIDERS.find(({ name }) => name === 'generic')!;
const event = { id: 'e1', type: 'call.started', occurred_at: '2026-03-02T10:15:00Z', call_id: 'c-77' };

function read(plain: Record<string, unknown>) {
  return generic.read(plain, anArrival('generic/pbx'));
}

function problemsOf(plain: Record<string, unknown>) {
  const answer = read(plain);
  return answer.ok ? [] : answer.problems;
}

const factsOf = (name: string) => exampleBodies('generic', name).flatMap((plain) => eventsOf(plain, 'generic/pbx'));
const callsOf = (name: string) => factsOf(name).flatMap(({ calls }) => calls);

describe('the examples', () => {
  it.each(['answered', 'missed', 'abandoned', 'transferred', 'voicemail', 'transcript', 'outbound', 'withheld'])(
    'of %s are read, and none is left out',
    (name) => {
      const events = factsOf(name);
      expect(events.length).toBeGreaterThan(0);
      expect(events.map(({ ignored }) => ignored)).toEqual(events.map(() => null));
    },
  );

  it('tell an answered call with its ring group, its agent and its recording', () => {
    expect(callsOf('answered')).toMatchObject([
      {
        kind: 'started',
        callId: 'c-77',
        direction: 'inbound',
        from: { number: '+351210000001', name: 'Maria Silva', presentation: 'allowed' },
        to: { number: '+351210000000' },
        queue: 'Support',
        origin: { connection: 'generic/pbx', eventId: 'e1', part: 0, at: '2026-03-02T10:15:00.120Z' },
      },
      { kind: 'ringing', legId: 'l-1', agents: [{ extension: '201' }, { extension: '202' }] },
      { kind: 'answered', answeredBy: 'agent', agent: { email: 'ana@acme.example' } },
      { kind: 'ended', end: { by: 'caller', reason: 'completed', q850: 16 } },
      { kind: 'recording', recording: { id: 'r-1', status: 'pending', durationMs: 391_000 } },
    ]);
  });

  it('keep the addresses of recordings out of every fact', () => {
    const events = [...factsOf('answered'), ...factsOf('voicemail')];
    expect(JSON.stringify(events.map(({ calls, voicemails }) => [calls, voicemails]))).not.toContain('https:');
    expect(events.flatMap(({ sounds }) => sounds)).toEqual([
      { recordingId: 'r-1', address: 'https://pbx.acme.example/rec/r-1.wav' },
      { recordingId: 'r-2', address: 'https://pbx.acme.example/vm/9.wav' },
    ]);
  });

  it('tell the rest: transfer, voicemail, texts, a call out that is reported once, hidden callers', () => {
    expect(callsOf('transferred')[3]).toMatchObject({
      kind: 'transferred',
      transfer: { kind: 'attended', agent: { email: 'rui@acme.example' } },
    });
    expect(factsOf('voicemail')[0]?.voicemails).toMatchObject([
      { kind: 'left', voicemailId: 'vm-9', callId: 'c-78', mailbox: { id: '2001' }, recording: { status: 'pending' } },
    ]);
    expect(factsOf('transcript').map(({ calls, voicemails }) => [...calls, ...voicemails][0])).toMatchObject([
      { kind: 'transcript', transcript: { confidence: 0.91, language: 'pt-PT' } },
      { kind: 'transcript', voicemailId: 'vm-9' },
    ]);
    expect(callsOf('outbound')[0]).toMatchObject({
      direction: 'outbound',
      answeredBy: 'agent',
      times: { startedAt: '2026-03-02T14:02:00.000Z', answeredAt: '2026-03-02T14:02:15.000Z' },
      context: { caseNumber: '12' },
    });
    expect(callsOf('withheld').map(({ from }) => from?.presentation)).toEqual([
      'withheld',
      'unavailable',
      undefined,
      undefined,
    ]);
    expect(callsOf('withheld').every(({ from }) => from?.number === undefined)).toBe(true);
  });
});

describe('what is wrong is told by its place', () => {
  it('as the documentation shows it', () => {
    expect(problemsOf({ events: [event, { ...event, occurred_at: '2026-03-02 10:15' }] })).toEqual([
      {
        pointer: '/events/1/occurred_at',
        code: 'instant',
        detail: 'write a date and time with its zone, such as 2026-03-02T10:15:00Z',
      },
    ]);
  });

  it.each([
    [{ type: undefined }, '/type', 'required'],
    [{ call_id: undefined }, '/call_id', 'required'],
    [{ occurred_at: '2026-02-30T10:15:00Z' }, '/occurred_at', 'instant'],
    [{ occurred_at: 1_772_446_500 }, '/occurred_at', 'type'],
    [{ direction: 'in' }, '/direction', 'choice'],
    [{ from: 7 }, '/from', 'type'],
    [{ from: { number: 7 } }, '/from/number', 'type'],
    [{ agent: { name: 'Ana' } }, '/agent', 'required'],
    [{ agents: Array.from({ length: 51 }, () => ({ id: 'a' })) }, '/agents', 'length'],
    [{ case: '12' }, '/case', 'format'],
    [{ tags: ['x'.repeat(51)] }, '/tags/0', 'length'],
    [{ data: { x: 'y'.repeat(8200) } }, '/data', 'length'],
    [{ type: 'call.ringing' }, '', 'required'],
    [{ type: 'call.answered', by: 'agent' }, '/agent', 'required'],
    [{ type: 'call.transferred' }, '/transfer', 'required'],
    [
      { type: 'call.recording', recording: { id: 'r', status: 'available', url: 'file:///etc/passwd' } },
      '/recording/url',
      'address',
    ],
    [
      { type: 'call.transcript', transcript: { status: 'completed', confidence: 91 } },
      '/transcript/confidence',
      'range',
    ],
    [{ type: 'voicemail.left', recording: { id: 'r', status: 'absent' } }, '/voicemail', 'required'],
    [{ type: 'call.ended', q850: 0 }, '/q850', 'range'],
  ])('%j: %s', (change, pointer, code) => {
    expect(problemsOf({ ...event, ...change })).toEqual([{ pointer, code, detail: expect.stringMatching(/^.{10,}/) }]);
  });

  it('takes a batch whole or not at all, and at most a hundred', () => {
    const batch = (length: number) => ({
      events: Array.from({ length }, (_, index) => ({ ...event, id: `e${index}` })),
    });
    expect(read(batch(100))).toMatchObject({ ok: true });
    expect(problemsOf(batch(101))).toMatchObject([{ pointer: '/events', code: 'length' }]);
    expect(problemsOf(batch(0))).toMatchObject([{ pointer: '/events', code: 'length' }]);
    expect(problemsOf({ events: Array.from({ length: 100 }, () => ({})) })).toHaveLength(20);
  });
});

describe('what is taken and opens nothing', () => {
  it('says why', () => {
    expect(eventsOf({ ...event, type: 'call.parked' }, 'generic/pbx')[0]).toMatchObject({
      calls: [],
      ignored: { reason: 'unknown-type', detail: 'call.parked' },
    });
    expect(eventsOf({ ...event, test: true }, 'generic/pbx')[0]?.ignored?.reason).toBe('test');
  });
});

describe('the name of a fact', () => {
  const idOf = (plain: Record<string, unknown>, requestId: string | null = null) =>
    eventsOf(plain, 'generic/pbx', { requestId })[0]!.calls[0]!.id;
  const recorded = (url: string) => ({
    ...event,
    type: 'call.recording',
    recording: { id: 'r', status: 'available', url },
  });

  it('is the same on a repetition, in a batch or alone, and whatever the address of the recording is by then', () => {
    const { id, ...rest } = event;
    expect(idOf({ events: [{ ...rest, id }] })).toBe(idOf(event));
    expect(idOf(recorded('https://pbx.example/1?signature=a'))).toBe(
      idOf(recorded('https://pbx.example/1?signature=b')),
    );
    expect(idOf(rest, 'e1')).toBe(idOf(event));
  });

  it('is another where one id has two contents', () => {
    expect(idOf({ ...event, queue: 'Sales' })).not.toBe(idOf(event));
  });
});

describe('readBody', () => {
  const plainOf = (body: string | Buffer, type = 'application/json') =>
    readBody({ body: Buffer.from(body as string), rawHeaders: ['content-type', type] });
  it.each([
    ['{', '', 'json'],
    ['[]', '', 'json'],
    ['null', '', 'json'],
    ['{"a":"\\u0000"}', '/a', 'text'],
    ['{"a":{"b/c":"\\ud800"}}', '/a/b~1c', 'text'],
    [`${'{"a":'.repeat(41)}1${'}'.repeat(41)}`, '/a'.repeat(40), 'text'],
    [`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, expect.any(String), 'text'],
    ['{"__proto__":{"a":1}}', '/__proto__', 'text'],
    [Buffer.from([0x7b, 0xff, 0x7d]), '', 'json'],
  ])('refuses %.30s', (body, pointer, code) => {
    expect(plainOf(body)).toMatchObject({ ok: false, status: 400, problems: [{ pointer, code }] });
  });

  it('reads JSON and forms, and nothing else', () => {
    expect(plainOf('a=1&a=2&b=%C3%A9', 'application/x-www-form-urlencoded')).toEqual({
      ok: true,
      plain: { a: ['1', '2'], b: 'é' },
    });
    expect(plainOf('a=%00', 'application/x-www-form-urlencoded')).toMatchObject({ ok: false, status: 400 });
    expect(plainOf('<a/>', 'text/xml')).toMatchObject({ ok: false, status: 415 });
  });
});

describe('the schema', () => {
  it('names its draft and each type of event', () => {
    expect(CALL_EVENT_SCHEMA).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect(JSON.stringify(CALL_EVENT_SCHEMA)).toContain('voicemail.transcript');
  });
});
