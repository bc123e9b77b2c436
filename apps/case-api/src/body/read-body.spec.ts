import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProblemException } from '../http/problem.js';
import { byKey, listOf, objectOf } from './collections.js';
import { checked, nullable, readOnly, required } from './field.js';
import { bodyOf, faultless, readBody } from './read-body.js';
import { anything, date, integer, line, oneOf, text, truth, uuid } from './values.js';

const ID = '0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11';
const FIELDS = {
  subject: required(line({ max: 150 })),
  description: text({ min: 0, max: 10 }),
  priority: nullable(oneOf(['low', 'high'])),
  exclude: truth(),
  position: integer({ min: 0, max: 9 }),
  group_id: uuid(),
  due_on: nullable(date()),
  tags: listOf(line({ max: 5 }), { max: 3 }),
  requester: objectOf({ email: required(line({ max: 20 })), name: line({ max: 5 }) }),
  custom_fields: byKey(anything(), { max: 2 }),
  version: readOnly(),
};
const read = (body: unknown) => readBody(body, FIELDS);
const faultsOf = (body: object) => read({ subject: 's', ...body }).faults.map(({ pointer, code }) => [pointer, code]);

describe('a body', () => {
  it('is read field by field: absent stays absent, null clears', () => {
    const { value, faults } = read({
      subject: 'Cafe\u0301',
      priority: null,
      exclude: false,
      position: -0,
      group_id: ID.toUpperCase(),
      due_on: '2028-02-29',
      tags: [],
      requester: { email: 'a@b.c' },
      custom_fields: { a: null },
    });
    expect(faults).toEqual([]);
    expect(value).toEqual({
      subject: 'Caf\u00e9',
      priority: null,
      exclude: false,
      position: 0,
      group_id: ID,
      due_on: '2028-02-29',
      tags: [],
      requester: { email: 'a@b.c' },
      custom_fields: new Map([['a', null]]),
    });
    expect(Object.keys(value)).not.toContain('description');
  });

  it.each([
    [{ subject: undefined }, '/subject', 'field-required'],
    [{ subject: null }, '/subject', 'validation-failed'],
    [{ subject: ' \t' }, '/subject', 'validation-failed'],
    [{ subject: 'a\nb' }, '/subject', 'validation-failed'],
    [{ subject: 'a\u2028b' }, '/subject', 'validation-failed'],
    [{ subject: 'x'.repeat(151) }, '/subject', 'validation-failed'],
    [{ description: 'a\u0000' }, '/description', 'validation-failed'],
    [{ description: 'a\r\n' }, '/description', 'validation-failed'],
    [{ description: '\ud83d' }, '/description', 'validation-failed'],
    [{ description: '\u0085' }, '/description', 'validation-failed'],
    [{ priority: 'High' }, '/priority', 'validation-failed'],
    [{ exclude: 'true' }, '/exclude', 'validation-failed'],
    [{ position: 1.5 }, '/position', 'validation-failed'],
    [{ position: 10 }, '/position', 'validation-failed'],
    [{ position: '1' }, '/position', 'validation-failed'],
    [{ group_id: 'x' }, '/group_id', 'validation-failed'],
    [{ due_on: '2027-02-29' }, '/due_on', 'validation-failed'],
    [{ due_on: '0000-01-01' }, '/due_on', 'validation-failed'],
    [{ due_on: '2027-1-1' }, '/due_on', 'validation-failed'],
    [{ tags: 'a' }, '/tags', 'validation-failed'],
    [{ tags: ['a', 'b', 'c', 'd'] }, '/tags', 'too-many-items'],
    [{ tags: ['a', 7] }, '/tags/1', 'validation-failed'],
    [{ requester: {} }, '/requester/email', 'field-required'],
    [{ requester: { email: 'a', phone: '1' } }, '/requester/phone', 'unknown-field'],
    [{ requester: [] }, '/requester', 'validation-failed'],
    [{ custom_fields: { a: 1, b: 2, c: 3 } }, '/custom_fields', 'too-many-items'],
    [{ version: 7 }, '/version', 'read-only'],
    [{ 'a/b~c': 1 }, '/a~1b~0c', 'unknown-field'],
    [JSON.parse('{"__proto__": {"priority": "low"}}') as object, '/__proto__', 'unknown-field'],
    [{ constructor: 1 }, '/constructor', 'unknown-field'],
  ])('%j has a fault at %s: %s', (body, pointer, code) => {
    const sent = Object.fromEntries(Object.entries({ subject: 's', ...body }).filter(([, one]) => one !== undefined));
    const given = Object.hasOwn(body, '__proto__') ? { ...body, subject: 's' } : sent;
    const { value, faults } = read(given);
    expect(faults.map((fault) => [fault.pointer, fault.code])).toEqual([[pointer, code]]);
    expect(Object.hasOwn(value, pointer.split('/')[1] ?? '')).toBe(false);
  });

  it('counts characters, not halves of them', () => {
    expect(faultsOf({ description: '\u{1f4a1}'.repeat(10) })).toEqual([]);
    expect(faultsOf({ description: 'e\u0301'.repeat(10) })).toEqual([]);
    expect(faultsOf({ description: '\u{1f4a1}'.repeat(11) })).toEqual([['/description', 'validation-failed']]);
  });

  it('names all faults at once, keeps what is right, and stops at a hundred', () => {
    const { value, faults } = read({ colour: 1, priority: 'odd', exclude: true });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/colour', '/subject', '/priority']);
    expect(value).toEqual({ exclude: true });
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 1]));
    expect(read({ requester: many }).faults).toHaveLength(100);
    expect(read({ subject: 's', ...many, requester: { email: 7 } }).value.requester).toBeUndefined();
  });

  it('is an object', () => {
    for (const body of [null, [], 'x', 7]) {
      expect(read(body)).toMatchObject({ value: {}, faults: [{ pointer: '' }] });
    }
  });

  it('of any kind is read without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => expect(read(body).faults.length).toBeGreaterThan(0)));
  });

  it('without faults has clean text alone', () => {
    const written = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(fc.record({ subject: written, description: written }), (body) => {
        const { value, faults } = read(body);
        for (const one of [value.subject, value.description].filter((given) => given !== undefined)) {
          expect(one).toBe(one.normalize('NFC'));
          expect(Buffer.from(one).toString()).toBe(one);
          expect([...one].every((character) => /[\t\n]|\P{Cc}/u.test(character))).toBe(true);
        }
        expect(Object.keys(value).length + faults.length).toBe(2);
      }),
    );
  });
});

it('a field may be looked at once more', () => {
  const even = checked(integer({ min: 0, max: 9 }), (value, place) =>
    value % 2 === 0 ? `${value}` : place.refuse('Must be even.'),
  );
  expect(readBody({ n: 4 }, { n: even })).toEqual({ value: { n: '4' }, faults: [] });
  expect(readBody({ n: 5 }, { n: even }).faults).toHaveLength(1);
});

it('faults of the rules are answered together with those of the body', () => {
  const ofRules = [{ pointer: '/group_id', code: 'read-only', detail: 'x' }];
  const thrown = (given: unknown): unknown => {
    try {
      return faultless(read(given), ofRules);
    } catch (error) {
      return (error as ProblemException).draft;
    }
  };
  expect(thrown({ subject: 's' })).toMatchObject({ code: 'read-only', detail: '/group_id: x' });
  expect(thrown({})).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/subject' }, ...ofRules] });
  expect(faultless(read({ subject: 's' }))).toEqual({ subject: 's' });
});

it('the description of a body is made of its fields', () => {
  const { subject, priority, version } = FIELDS;
  expect(bodyOf({ subject, priority, version })).toEqual({
    required: true,
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['subject'],
      properties: {
        subject: { type: 'string', minLength: 1, maxLength: 150 },
        priority: { anyOf: [{ type: 'string', enum: ['low', 'high'] }, { type: 'null' }] },
      },
    },
  });
});
