import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileConditions } from './compile-conditions.js';
import { comparisonsOf, type Condition, type ConditionSet, type FieldDefinition, type Subject } from './condition.js';
import { OPERATORS_OF, operandsOf, type FieldType, type Operator } from './operator.js';
import { readConditions } from './read-conditions.js';

/** A subject that says what it is told to say. */
interface Said extends Subject {
  readonly says: Readonly<Record<string, unknown>>;
}

const said = (says: Said['says']): Said => ({ says, memo: new Map() });
const field = (name: string, type: FieldType, more: Partial<FieldDefinition<Said>> = {}): FieldDefinition<Said> => {
  return { type, description: name, read: (of) => of.says[name] ?? null, ...more };
};
const FIELDS: Readonly<Record<string, FieldDefinition<Said>>> = {
  subject: field('subject', 'text', { isPersonal: true }),
  words: field('words', 'words'),
  channel: field('channel', 'choice', { choices: ['email', 'call', 'voicemail'] }),
  priority: field('priority', 'ordered', { choices: ['low', 'normal', 'high', 'urgent'] }),
  hour: field('hour', 'number'),
  day: field('day', 'date'),
  known: field('known', 'flag'),
  flags: field('flags', 'set'),
  level: field('level', 'scalar'),
  group: field('group', 'choice', { refersTo: 'group' }),
  open: {
    type: 'belonging',
    refersTo: 'group',
    description: 'open',
    read: (of, operand) => of.says['open'] === operand,
  },
};
const fieldOf = (name: string): FieldDefinition<Said> | null =>
  Object.hasOwn(FIELDS, name) ? (FIELDS[name] ?? null) : null;
const language = {
  fieldOf,
  fieldNames: Object.keys(FIELDS),
  resolve: (_kind: string, name: string) => (name === 'name:Sales' ? 'sales' : null),
};
const holds = (conditions: readonly Condition[], says: Said['says'], match: 'all' | 'any' = 'all'): boolean =>
  compileConditions({ match, conditions }, fieldOf).hold(said(says));

describe('a condition', () => {
  it.each([
    ['subject', 'is', 'SOS', { subject: 'sos' }, true],
    ['subject', 'is', 'Ação', { subject: 'ACAO' }, true],
    ['subject', 'is_not', 'a', {}, true],
    ['subject', 'contains', 'lâmpada', { subject: 'The LAMPADA is dark' }, true],
    ['subject', 'not_contains', 'x', {}, true],
    ['subject', 'present', undefined, { subject: '  ' }, false],
    ['subject', 'absent', undefined, {}, true],
    ['subject', 'in', ['a', 'B'], { subject: 'b' }, true],
    ['words', 'contains', 'refund', { words: 'No refunds.' }, false],
    ['words', 'contains', 'my refund', { words: 'Where is my (refund)?' }, true],
    ['channel', 'not_in', ['call'], { channel: 'email' }, true],
    ['priority', 'less_than', 'low', {}, true],
    ['priority', 'less_than', 'high', { priority: 'normal' }, true],
    ['priority', 'at_least', 'low', {}, false],
    ['priority', 'at_least', 'high', { priority: 'urgent' }, true],
    ['hour', 'at_least', 9, { hour: 9 }, true],
    ['hour', 'less_than', 9, { hour: 9 }, false],
    ['day', 'before', '2026-03-02', { day: '2026-03-01' }, true],
    ['day', 'after', '2026-03-02', { day: '2026-03-02' }, false],
    ['known', 'is', false, { known: false }, true],
    ['flags', 'contains', 'URGENT', { flags: ['urgent'] }, true],
    ['flags', 'contains', 'urg', { flags: ['urgent'] }, false],
    ['flags', 'absent', undefined, { flags: [] }, true],
    ['level', 'at_least', 3, { level: 4 }, true],
    ['level', 'at_least', 3, { level: '4' }, false],
    ['level', 'is', 'Gold', { level: 'gold' }, true],
    ['open', 'is', 'sales', { open: 'sales' }, true],
    ['open', 'is_not', 'sales', { open: 'support' }, true],
    ['open', 'in', ['sales', 'support'], { open: 'support' }, true],
  ] as const)('%s %s %j of %j: %s', (name, op, value, says, isSo) => {
    const condition = value === undefined ? { field: name, op } : { field: name, op, value };
    expect(holds([condition], says)).toBe(isSo);
  });

  it('of a field that is no more never holds', () => {
    expect(holds([{ field: 'gone', op: 'is_not', value: 'x' }], {})).toBe(false);
  });

  it('says where it stood, and what the field said unless that is about a person', () => {
    const set: ConditionSet = {
      match: 'all',
      conditions: [
        { field: 'channel', op: 'is', value: 'email' },
        {
          any: [
            { field: 'subject', op: 'contains', value: 'sos' },
            { field: 'hour', op: 'less_than', value: 9 },
          ],
        },
      ],
    };
    const compiled = compileConditions(set, fieldOf);
    const subject = said({ channel: 'email', subject: 'SOS', hour: 10 });
    expect(compiled.trace(subject, { personal: false })).toEqual([
      { pointer: '/conditions/0', field: 'channel', op: 'is', holds: true, value: 'email' },
      { pointer: '/conditions/1/any/0', field: 'subject', op: 'contains', holds: true },
      { pointer: '/conditions/1/any/1', field: 'hour', op: 'less_than', holds: false, value: 10 },
    ]);
    expect(compiled.trace(subject, { personal: true })[1]).toMatchObject({ value: 'SOS' });
    const missed = compiled.firstMiss(said({ channel: 'email', hour: 9 }), { personal: false });
    expect(missed).toMatchObject({ pointer: '/conditions/1/any/0', holds: false });
  });
});

/** Conditions as people may write them. */
const comparison = fc.constantFrom(...Object.keys(FIELDS).filter((name) => name !== 'open')).chain((name) => {
  const type = fieldOf(name)?.type ?? 'text';
  return fc.constantFrom(...OPERATORS_OF[type]).chain((op: Operator) => {
    const one = operandFor(type, fieldOf(name)?.choices);
    const value = { none: fc.constant(undefined), one, list: fc.array(one, { minLength: 1, maxLength: 3 }) }[
      operandsOf(op)
    ];
    return value.map((given) => (given === undefined ? { field: name, op } : { field: name, op, value: given }));
  });
});
function operandFor(
  type: FieldType,
  choices: readonly string[] = ['name:Sales'],
): fc.Arbitrary<string | number | boolean> {
  switch (type) {
    case 'flag':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: 0, max: 3 });
    case 'date':
      return fc.constantFrom('2026-03-01', '2026-03-02');
    case 'scalar':
      return fc.constantFrom('a', 1, true);
    case 'choice':
    case 'ordered':
      return fc.constantFrom(...choices);
    default:
      return fc.constantFrom('a', 'b', 'a b');
  }
}
const branch = fc
  .tuple(fc.constantFrom('any', 'all'), fc.array(comparison, { minLength: 1, maxLength: 3 }))
  .map(([match, parts]) => ({ [match]: parts }) as unknown as Condition);
const written = fc.record({
  match: fc.constantFrom('all' as const, 'any' as const),
  conditions: fc.array(fc.oneof(comparison as fc.Arbitrary<Condition>, branch), { minLength: 1, maxLength: 4 }),
});
const says = fc.record(
  {
    subject: fc.constantFrom('a', 'A b', 'ab', ''),
    words: fc.constantFrom('a', 'a-b', 'ab'),
    channel: fc.constantFrom('email', 'call'),
    priority: fc.constantFrom('low', 'urgent', null),
    hour: fc.integer({ min: 0, max: 3 }),
    day: fc.constantFrom('2026-03-01', '2026-03-02'),
    known: fc.boolean(),
    flags: fc.subarray(['a', 'b', 'a b']),
    level: fc.constantFrom('A', 1, true, null),
    group: fc.constantFrom('sales', 'support'),
  },
  { requiredKeys: [] },
);

it('all and any are what they say, on both levels, whatever is asked', () => {
  fc.assert(
    fc.property(written, says, ({ match, conditions }, one) => {
      const set = readConditions(match, conditions, language).value ?? { match: 'all' as const, conditions: [] };
      const alone = (condition: Condition): boolean => holds([condition], one);
      const of = (condition: Condition): boolean =>
        'any' in condition
          ? condition.any.some(alone)
          : 'all' in condition
            ? condition.all.every(alone)
            : alone(condition);
      const expected = set.match === 'all' ? set.conditions.every(of) : set.conditions.some(of);
      const compiled = compileConditions(set, fieldOf);
      expect(compiled.hold(said(one))).toBe(expected);
      const traces = compiled.trace(said(one), { personal: true });
      expect(traces.map((trace) => trace.holds)).toEqual(comparisonsOf(set).map(alone));
      if (!expected) {
        expect(compiled.firstMiss(said(one), { personal: true })?.holds).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

it('is_not, not_in and not_contains hold exactly where is, in and contains do not', () => {
  const opposite: Readonly<Partial<Record<Operator, Operator>>> = {
    is: 'is_not',
    in: 'not_in',
    contains: 'not_contains',
    present: 'absent',
    less_than: 'at_least',
  };
  fc.assert(
    fc.property(comparison, says, (condition, one) => {
      const other = opposite[condition.op];
      const isOrdered = condition.field !== 'level';
      fc.pre(other !== undefined && (isOrdered || condition.op !== 'less_than'));
      expect(holds([{ ...condition, op: other ?? condition.op }], one)).toBe(!holds([condition], one));
    }),
  );
});
