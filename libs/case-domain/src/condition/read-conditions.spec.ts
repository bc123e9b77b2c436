import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileConditions } from './compile-conditions.js';
import { type Condition, type FieldDefinition, type Subject } from './condition.js';
import { type FieldType } from './operator.js';
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

describe('conditions as they are written', () => {
  const faultsOf = (conditions: unknown, match: unknown = 'all') =>
    readConditions(match, conditions, language).faults.map(({ pointer, code }) => `${pointer} ${code}`);

  it('are read with names as ids, and texts in one form', () => {
    const { value, faults } = readConditions('any', [{ field: 'group', op: 'is', value: 'name:Sales' }], language);
    expect(faults).toEqual([]);
    expect(value).toEqual({ match: 'any', conditions: [{ field: 'group', op: 'is', value: 'sales' }] });
  });

  it.each([
    [undefined, '/conditions field-required'],
    ['x', '/conditions validation-failed'],
    [Array.from({ length: 21 }, () => ({ field: 'hour', op: 'present' })), '/conditions too-many-items'],
    [
      Array.from({ length: 3 }, () => ({ any: Array.from({ length: 15 }, () => ({ field: 'hour', op: 'present' })) })),
      '/conditions too-many-items',
    ],
    [[7], '/conditions/0 validation-failed'],
    [[{}], '/conditions/0/field field-required'],
    [[{ field: 'constructor', op: 'is', value: 'x' }], '/conditions/0/field unknown-field'],
    [[{ field: 'hour', op: 'contains', value: 1 }], '/conditions/0/op validation-failed'],
    [[{ field: 'flags', op: 'is', value: 'x' }], '/conditions/0/op validation-failed'],
    [[{ field: 'subject', op: 'matches', value: '(a+)+' }], '/conditions/0/op validation-failed'],
    [[{ field: 'hour', op: 'is' }], '/conditions/0/value field-required'],
    [[{ field: 'hour', op: 'is', value: '9' }], '/conditions/0/value validation-failed'],
    [[{ field: 'hour', op: 'present', value: 1 }], '/conditions/0/value validation-failed'],
    [[{ field: 'hour', op: 'in', value: 9 }], '/conditions/0/value validation-failed'],
    [[{ field: 'hour', op: 'in', value: [] }], '/conditions/0/value validation-failed'],
    [[{ field: 'channel', op: 'in', value: ['email', 'fax'] }], '/conditions/0/value/1 validation-failed'],
    [[{ field: 'day', op: 'before', value: '2026-13-01' }], '/conditions/0/value validation-failed'],
    [[{ field: 'known', op: 'is', value: 'true' }], '/conditions/0/value validation-failed'],
    [[{ field: 'subject', op: 'is', value: 'a\nb' }], '/conditions/0/value validation-failed'],
    [[{ field: 'subject', op: 'is', value: 'x'.repeat(256) }], '/conditions/0/value validation-failed'],
    [[{ field: 'group', op: 'is', value: 'name:Nobody' }], '/conditions/0/value unknown-group'],
    [[{ field: 'hour', op: 'present', colour: 1 }], '/conditions/0/colour unknown-field'],
    [[{ any: [] }], '/conditions/0/any validation-failed'],
    [[{ any: [{ field: 'hour', op: 'present' }], all: [] }], '/conditions/0 validation-failed'],
    [[{ any: [{ all: [{ field: 'hour', op: 'present' }] }] }], '/conditions/0/any/0/all unknown-field'],
  ])('%j: %s', (conditions, expected) => {
    expect(faultsOf(conditions)).toContain(expected);
  });

  it('all of none hold always; any of none would never', () => {
    expect(faultsOf([])).toEqual([]);
    expect(holds([], {})).toBe(true);
    expect(faultsOf([], 'any')).toEqual(['/conditions validation-failed']);
    expect(faultsOf([], 'most')).toEqual(['/match validation-failed']);
  });

  it('of any kind are read without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (match, conditions) => {
        const { value, faults } = readConditions(match, conditions, language);
        expect(value === null).toBe(faults.length > 0);
      }),
    );
  });
});
