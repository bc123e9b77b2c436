import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractErrors } from './read-contract.js';
import { Interaction as InteractionContract } from '../interaction/interaction.js';
import { checkInteraction, parseInteraction, type Interaction } from '../index.js';

type Json = Record<string, unknown>;

function sample(name: string): Json {
  const text = readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { interaction: Json }).interaction;
}

/** The sample with one value replaced; `undefined` removes it. */
function replaced(path: string, value: unknown, name = 'attachments'): Json {
  const root = sample(name);
  const names = path.split('.');
  const owner = names.slice(0, -1).reduce<Json>((inside, one) => inside[one] as Json, root);
  owner[names.at(-1)!] = value;
  return JSON.parse(JSON.stringify(root)) as Json;
}

function detailOf(plain: unknown): string {
  const parsed = checkInteraction(plain);
  return parsed.ok ? 'ok' : parsed.detail;
}

describe('reading a record', () => {
  it.each([
    ['no value', null, 'invalid'],
    ['nothing', '', 'not-json'],
    ['half of a record', '{"schema":1,', 'not-json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'not-json'],
    ['null', 'null', 'invalid'],
    ['a number', '1', 'invalid'],
    ['a list', '[{}]', 'invalid'],
    ['an empty object', '{}', 'invalid'],
    ['an endless nesting', '['.repeat(200_000), 'not-json'],
    ['a deep list', '['.repeat(100_000) + ']'.repeat(100_000), 'invalid'],
  ])('refuses %s', (_, value, reason) => {
    expect(parseInteraction(value)).toMatchObject({ ok: false, reason });
  });

  it('refuses what is deep in an object, wherever it is', () => {
    const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown;
    expect(detailOf({ ...sample('reply'), details: deep(30) })).toBe('ok');
    expect(detailOf({ ...sample('reply'), details: deep(5000) })).toMatch(/nested deeper than 40 levels$/);
    expect(detailOf({ ...sample('reply'), unknown: deep(5000) })).toMatch(/nested deeper than 40 levels$/);
  });

  it.each([
    ['content.text', 'a\u0000b', 'content.text: holds U+0000'],
    ['sender.name', '\ud800', 'sender.name: holds half of a surrogate pair'],
    ['recipients.0.value', '\udc00@x', 'recipients.0.value: holds half of a surrogate pair'],
    ['details.header', ['a', '\u0000'], 'details.header.1: holds U+0000'],
    ['details.a\u0000', 1, 'details.a\\u0000: holds U+0000'],
  ])('refuses what PostgreSQL cannot keep in %s', (path, value, detail) => {
    expect(detailOf(replaced(path, value))).toBe(detail);
  });

  it('keeps whole pairs, and names that only look reserved', () => {
    expect(detailOf(replaced('content.text', '😀 \u{10ffff}'))).toBe('ok');
    expect(detailOf(replaced('details.constructors', {}))).toBe('ok');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the name %s', (name) => {
    const text = JSON.stringify(sample('reply')).replace('"details":{', `"details":{"${name}":{"a":1}`);
    expect(parseInteraction(text)).toMatchObject({ ok: false, detail: `details.${name}: is a reserved name` });
  });

  it.each([
    ['schema', 2],
    ['id', '21d14887-fe7a-596f-bd8b-7b36d3d1845d'],
    ['channel', 'fax'],
    ['sender', undefined],
    ['sender', null],
    ['sender', []],
    ['sender', [{ kind: 'email', value: 'a@b.c' }]],
    ['sender.value', ''],
    ['recipients', {}],
    ['recipients', [null]],
    ['recipients', [[]]],
    ['recipients', ['a@b.c']],
    ['recipients', Array.from({ length: 501 }, () => ({ kind: 'email', value: 'a@b.c', role: 'to' }))],
    ['references', [{ kind: 'case', value: 'not a case', via: 'recipient_token' }]],
    ['content', undefined],
    ['content.attachments.0.sha256', 'A'.repeat(64)],
    ['content.attachments.0.size', -1],
    ['content.text', 'x'.repeat(70_000)],
    ['trust', 'pass'],
    ['forwarded.author', {}],
    ['occurredAt', '2026-02-30T00:00:00.000Z'],
    ['occurredAt', '2026-13-01T00:00:00.000Z'],
    ['occurredAt', '2026-03-02T24:00:00.000Z'],
    ['occurredAt', '2026-03-02T09:00:00Z'],
    ['flags', ['Not a flag']],
    ['details', []],
  ])('names what is wrong: %s', (path, value) => {
    expect(detailOf(replaced(path, value))).toContain(path.split('.')[0]);
    expect(detailOf(replaced(path, value))).not.toBe('ok');
  });
});

/** Values that a careless or hostile writer may put anywhere. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'email',
    'x'.repeat(1001),
    0,
    -1,
    1.5,
    true,
    [],
    {},
    [null],
    [[]],
    [{}],
  ),
  fc.constantFrom<unknown>('2026-03-02T09:00:00.000Z', 'case', 'to', 'pass', [{ kind: 'email', value: 'a@b.c' }]),
  fc.jsonValue({ maxDepth: 3 }),
);

function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, child]) => [`${path}${name}`, ...pathsOf(child, `${path}${name}.`)]);
}

describe('the compiled check', () => {
  it('says what the official validator says, whatever is put anywhere', () => {
    const names = fc.constantFrom('new-mail', 'reply', 'bounce', 'attachments');
    const broken = names.chain((name) =>
      fc.tuple(fc.constant(name), fc.constantFrom(...pathsOf(sample(name))), anything),
    );
    fc.assert(
      fc.property(broken, ([name, path, value]) => {
        const plain = replaced(path, value, name);
        const compiled = checkInteraction(plain);
        // Reasons that are not the contract's: the id, and text that cannot be kept.
        fc.pre(compiled.ok || !/is not derived|reserved name|U\+0000|surrogate|deeper/.test(compiled.detail));
        expect(compiled.ok).toBe(contractErrors(InteractionContract, plain).length === 0);
        expect(compiled.ok || compiled.detail.length > 0).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('hands over what came, unknown fields too', () => {
    const plain = { ...sample('reply'), later: { version: 2 } };
    expect(checkInteraction(plain)).toEqual({ ok: true, interaction: plain as unknown as Interaction });
  });
});
