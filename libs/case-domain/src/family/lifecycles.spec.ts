import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallFact } from '#libs/interaction';
import {
  aCallFact,
  aCallParty,
  aDesk,
  aGroup,
  aMember,
  anAgent,
  anEndpoint,
  aVoicemailFact,
  CALLER,
  CONNECTION,
  type Desk,
  LINE,
  type SpokenFact,
} from '#libs/testing';
import { CASE_FIELDS, type CaseState, fold } from '../index.js';

const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });
/** Somebody gets every case, so that whoever gets it by mistake shows. */
const support = aGroup({ strategy: 'round_robin', members: [aMember(ana), aMember(rui)] });
const lines = {
  [LINE]: anEndpoint(LINE, { label: 'Support line', defaultPriority: 'normal' }),
  [CONNECTION]: anEndpoint(CONNECTION),
};

const parties = { from: aCallParty(CALLER, 'Maria'), to: aCallParty(LINE) };
const started = aCallFact('started', 0, { ...parties, context: { tags: ['Shop'] } });
const ringing = aCallFact('ringing', 4, { legId: 'l-1', agents: [{ extension: '201' }, { extension: '202' }] });
const answered = aCallFact('answered', 9, { legId: 'l-1', agent: { extension: '201' }, answeredBy: 'agent' });
const ended = aCallFact('ended', 60, { end: { by: 'caller', reason: 'completed' } });
const recording = aCallFact('recording', 65, { legId: 'l-1', recording: { id: 'r-1', status: 'pending' } });
const noAnswer = aCallFact('ended', 41, { end: { reason: 'no_answer' } });
const second = (fact: CallFact): CallFact => ({ ...fact, callId: 'c-78' });
const taken = aCallFact('answered', 35, { callId: 'c-78', agent: { extension: '202' }, answeredBy: 'agent' });

/** One for each row of channels.md H, and those in which calls become one. */
const LIFECYCLES: Readonly<Record<string, readonly SpokenFact[]>> = {
  answered: [started, ringing, answered, ended, recording],
  missed: [started, ringing, noAnswer],
  abandoned: [started, aCallFact('queued', 1, { queue: 'Support' }), aCallFact('ended', 30, { end: { by: 'caller' } })],
  'voicemail with a late text': [
    started,
    noAnswer,
    aVoicemailFact('left', 50, { ...parties, callId: 'c-77', urgent: true }),
    aVoicemailFact('recording', 55, { recording: { id: 'r-9', status: 'pending', durationMs: 47_000 } }),
    aVoicemailFact('transcript', 90, { transcript: { status: 'completed', text: 'Bom dia.', language: 'pt-PT' } }),
  ],
  'no message': [
    started,
    noAnswer,
    aVoicemailFact('left', 50, { ...parties, callId: 'c-77', recording: { id: 'r-9', status: 'absent' } }),
  ],
  'blind transfer': [
    started,
    answered,
    aCallFact('transferred', 30, { legId: 'l-1', transfer: { kind: 'blind' } }),
    aCallFact('answered', 35, { legId: 'l-2', agent: { extension: '202' }, answeredBy: 'agent' }),
    ended,
  ],
  'transfer with a new id': [
    started,
    answered,
    aCallFact('ended', 30, { end: { by: 'agent' } }),
    { ...aCallFact('started', 30, { callId: 'c-78', ...parties }), parentCallId: 'c-77' },
    taken,
    second(aCallFact('ended', 90, { callId: 'c-78', end: { by: 'caller' } })),
  ],
  'transfer that its giver tells': [
    started,
    answered,
    aCallFact('transferred', 30, { legId: 'l-1', transfer: { kind: 'blind', newCallId: 'c-78' } }),
    aCallFact('started', 31, { callId: 'c-78', ...parties }),
    taken,
  ],
  'withheld, and transferred with a new id': [
    { ...started, from: { raw: 'anonymous', presentation: 'withheld' } },
    answered,
    aCallFact('started', 30, {
      callId: 'c-78',
      from: { raw: 'anonymous', presentation: 'withheld' },
      to: aCallParty(LINE),
      parentCallId: 'c-77',
    }),
    taken,
  ],
  'a number that shows late': [
    { ...started, from: { raw: 'anonymous', presentation: 'withheld' } },
    noAnswer,
    aCallFact('described', 70, { from: aCallParty(CALLER) }),
  ],
  outbound: [
    aCallFact('started', 0, { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) }),
    answered,
    ended,
  ],
};

/** Told in an order, some of it again, in batches. */
function told(facts: readonly SpokenFact[], sizes: readonly number[] = [facts.length]): Desk {
  const desk = aDesk({ agents: [ana, rui], groups: [support], lines });
  let from = 0;
  for (const size of [...sizes, facts.length]) {
    desk.tell(...facts.slice(from, from + size));
    from += size;
  }
  return desk;
}

/** What has to be the same whatever the order: all but ids, numbers, versions and when we were told. */
function result(desk: Desk): unknown {
  return { cases: desk.cases().map(outline), interactions: desk.interactions() };
}

function outline(state: CaseState): unknown {
  const { id: _id, rootCaseId: _root, number: _number, version: _version, ...rest } = state;
  const { createdAt: _created, updatedAt: _updated, requester, submitter, ...said } = rest;
  // New contacts have ids by chance.
  const isRequester = submitter.id === requester.id;
  return { ...said, requester: requester.kind, submitter: isRequester ? 'requester' : submitter };
}

const telling = (facts: readonly SpokenFact[]) =>
  fc.array(fc.constantFrom(...facts), { maxLength: 4 }).chain((again) => {
    const all = [...facts, ...again];
    return fc.record({
      order: fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      sizes: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 8 }),
    });
  });

describe.each(Object.entries(LIFECYCLES))('a call: %s', (_name, facts) => {
  it('is one case, the same in 50 orders with repetitions', () => {
    const expected = told(facts);
    expect(expected.cases()).toHaveLength(1);
    fc.assert(
      fc.property(telling(facts), ({ order, sizes }) => {
        expect(result(told(order, sizes))).toEqual(result(expected));
      }),
      { seed: 12, numRuns: 50 },
    );
  });

  it('has a history that adds up to its case', () => {
    fc.assert(
      fc.property(telling(facts), ({ order, sizes }) => {
        const desk = told(order, sizes);
        desk.cases().forEach((state) => {
          expect(fold(desk.history(state.id))).toEqual(state);
          expect(state.version).toBe(desk.history(state.id).length);
          // What is written once alone would stay in the row as it was.
          const later = desk.history(state.id).slice(1);
          const fields = later.flatMap(({ changes }) => changes.map(({ field }) => field));
          expect(fields.filter((field) => CASE_FIELDS[field].lasting)).toEqual([]);
        });
      }),
      { seed: 12, numRuns: 20 },
    );
  });

  it('is another one when one fact is missing', () => {
    facts.forEach((missing) => {
      expect(result(told(facts.filter((fact) => fact !== missing)))).not.toEqual(result(told(facts)));
    });
  });
});
