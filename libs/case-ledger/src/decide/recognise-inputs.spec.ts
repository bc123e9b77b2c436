import { describe, expect, it } from '@jest/globals';
import { foldKind } from '#libs/case-domain';
import type { StoredInteraction } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { ACCOUNT_ID, aMail, anInteraction, theCallRules } from '#libs/testing';
import type { Input } from '../inputs.js';
import { recognise } from './recognise-inputs.js';

const through = (interaction: Interaction, address: string): Input => {
  const endpoint = { kind: 'mailbox', address } as const;
  return { kind: 'interaction', payload: Buffer.from('{}'), interaction: { ...interaction, endpoint } };
};
/** Interactions that are the list of what was said about them. */
const SAYINGS = foldKind<string, { readonly said: readonly string[] }>({
  topic: 'interactions.call.v1',
  parse: () => ({ ok: false, reason: 'invalid', detail: 'nothing is parsed here' }),
  merge: (folded, data) => ({ said: [...new Set([...(folded?.said ?? []), data])].sort() }),
  interactionOf: () => aMail({ messageId: 'said@example.org' }),
  waits: () => false,
});
const aFact = (id: string, interactionId = 'call', data = id): Input => {
  return { kind: 'fact', fold: SAYINGS, fact: { accountId: ACCOUNT_ID, id, interactionId, data } };
};
const aWord = (interactionId: string, change: 'released' | 'rejected' = 'released'): Input => {
  return { kind: 'verdict', interactionId, word: { change, by: 'a person', note: null } };
};

function aRow(overrides: Partial<StoredInteraction> = {}): StoredInteraction {
  return {
    id: 'call',
    revision: 1,
    caseId: null,
    visibility: 'internal',
    outcome: 'suspended',
    isRedacted: false,
    decidedAt: new Date(0),
    dueAt: null,
    payload: JSON.stringify(anInteraction({ details: { said: ['a'] } })),
    decision: '{}',
    suspension: { reason: 'spoofed_sender', state: 'waiting' },
    ...overrides,
  };
}
const CLOCK = { now: '2026-03-02T10:00:00.000Z', times: theCallRules() };
const NO_ROWS = { known: new Map(), stored: new Map(), facts: new Set<string>() };
const rowsWith = (row: StoredInteraction, facts: readonly string[] = []) => {
  return { ...NO_ROWS, stored: new Map([[row.id, row]]), facts: new Set(facts) };
};

describe('recognise', () => {
  const mail = aMail({ messageId: 'one@example.org' });

  it('takes the first delivery as fresh and the other addresses as repetitions', () => {
    const inputs = [through(mail, 'a@acme.example'), through(mail, 'a@acme.example'), through(mail, 'b@acme.example')];
    const { questions, idle, repetitions, further } = recognise(inputs, NO_ROWS, CLOCK);
    expect([...questions]).toMatchObject([[0, { endpoints: ['mailbox:a@acme.example', 'mailbox:b@acme.example'] }]]);
    expect([...idle]).toEqual([
      [1, 'duplicate'],
      [2, 'duplicate'],
    ]);
    expect(repetitions).toEqual([{ interactionId: mail.id, caseId: null, endpoint: 'mailbox:b@acme.example' }]);
    expect(further).toEqual([]);
  });

  it('adds to an earlier row only addresses that it has not seen', () => {
    const inputs = [through(mail, 'a@acme.example'), through(mail, 'b@acme.example')];
    const known = new Map([[mail.id, new Set(['mailbox:a@acme.example'])]]);
    const { questions, further } = recognise(inputs, { ...NO_ROWS, known }, CLOCK);
    expect(questions.size).toBe(0);
    expect(further).toEqual([{ interactionId: mail.id, endpoint: 'mailbox:b@acme.example' }]);
  });
});

describe('recognise, of facts', () => {
  it('makes one question of all that is new about an interaction, where the first of it stood', () => {
    const inputs = [aFact('a'), aFact('x', 'other'), aFact('c'), aFact('b'), aFact('c')];
    const { questions, idle } = recognise(inputs, rowsWith(aRow(), ['a']), CLOCK);
    expect([...questions]).toMatchObject([
      [1, { kind: 'fold', stored: null, factIds: ['x'] }],
      [2, { kind: 'fold', stored: { id: 'call' }, factIds: ['c', 'b'] }],
    ]);
    expect(questions.get(2)).toMatchObject({ folded: { interaction: { details: { said: ['a', 'b', 'c'] } } } });
    expect(Object.fromEntries(idle)).toEqual({ 0: 'duplicate', 3: 'folded', 4: 'duplicate' });
  });

  it('takes a fact once, whatever it is said to be about', () => {
    const { questions, idle } = recognise([aFact('a', 'one'), aFact('a', 'other')], NO_ROWS, CLOCK);
    expect([...questions.keys()]).toEqual([0]);
    expect(idle.get(1)).toBe('duplicate');
  });

  it('takes what a person has told again once for each such request, and notes a fact that it had never seen', () => {
    const replayId = '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0001';
    const again = (id: string): Input => ({ ...aFact(id), replayId }) as Input;
    const { questions, idle } = recognise(
      [again('a'), again('a'), aFact('b'), again('b')],
      rowsWith(aRow(), ['a']),
      CLOCK,
    );
    const [[place, question] = [-1, null]] = [...questions];
    expect([place, question]).toMatchObject([0, { kind: 'fold', folded: { again: true } }]);
    const { factIds } = question as { readonly factIds: readonly string[] };
    expect([factIds.length, factIds.includes('a'), factIds.includes('b')]).toEqual([3, false, true]);
    expect(Object.fromEntries(idle)).toEqual({ 1: 'duplicate', 2: 'folded', 3: 'folded' });
    const later = recognise([again('a')], rowsWith(aRow(), ['a', ...factIds]), CLOCK);
    expect([later.questions.size, ...later.idle.values()]).toEqual([0, 'duplicate']);
  });

  it('merges nothing into what was erased', () => {
    const erased = rowsWith(aRow({ outcome: 'erased', payload: '{}' }), ['a']);
    const { questions, idle } = recognise([aFact('a'), aFact('b')], erased, CLOCK);
    expect([questions.size, ...idle.values()]).toEqual([0, 'duplicate', 'erased']);
  });
});

describe('recognise, of verdicts', () => {
  it('asks once about what waits, and the first word counts', () => {
    const { questions, idle } = recognise([aWord('call', 'rejected'), aWord('call')], rowsWith(aRow()), CLOCK);
    expect([...questions]).toMatchObject([[0, { kind: 'rejection' }]]);
    expect(idle.get(1)).toBe('not_waiting');
  });

  it.each([
    ['unknown', NO_ROWS],
    ['settled', rowsWith(aRow({ suspension: { reason: 'spoofed_sender', state: 'released' } }))],
    ['never suspended', rowsWith(aRow({ suspension: null }))],
    ['erased while it waited', rowsWith(aRow({ outcome: 'erased', payload: '{}' }))],
  ])('asks nothing about what is %s', (_, rows) => {
    const { questions, idle } = recognise([aWord('call')], rows, CLOCK);
    expect([questions.size, ...idle.values()]).toEqual([0, 'not_waiting']);
  });
});

describe('recognise, of what time brings', () => {
  const dueAt = new Date('2026-03-02T10:00:00.000Z');
  const due: Input = { kind: 'due', due: 'interaction', fold: SAYINGS, interactionId: 'call' };

  it('asks when it is due, to the millisecond, and once', () => {
    const rows = rowsWith(aRow({ outcome: 'waiting', dueAt }));
    const early = { ...CLOCK, now: '2026-03-02T09:59:59.999Z' };
    expect(recognise([due], rows, early).idle.get(0)).toBe('not_due');
    const { questions, idle } = recognise([due, due], rows, CLOCK);
    expect([...questions]).toMatchObject([[0, { kind: 'fold', factIds: [] }]]);
    expect([...idle]).toEqual([[1, 'folded']]);
  });

  it('asks once about what is told at the same time', () => {
    const { questions } = recognise([aFact('b'), due], rowsWith(aRow({ outcome: 'waiting', dueAt })), CLOCK);
    expect([...questions]).toMatchObject([[0, { factIds: ['b'] }]]);
  });

  it.each([
    ['told of more since', rowsWith(aRow({ dueAt: null }))],
    ['erased', rowsWith(aRow({ outcome: 'erased', dueAt }))],
    ['not there', NO_ROWS],
  ])('asks nothing about what is %s', (_, rows) => {
    expect(recognise([due], rows, CLOCK).idle.get(0)).toBe('not_due');
  });
});
