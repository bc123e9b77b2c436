import fc from 'fast-check';
import { Doubled, isMembers, Verbatim, type Template } from './template.js';

const nested = (depth: number, open: string, close: string): Verbatim =>
  new Verbatim(`${open.repeat(depth)}${close.repeat(depth)}`);

/** Values that nobody asks for, whatever the field. */
export const HOSTILE_VALUES: readonly Template[] = [
  'a\u0000b',
  '\ud800',
  'half \udfff of one',
  '\u001b[31m',
  'line\r\nInjected: yes',
  '\u202eknil',
  '\ufeff',
  ' ',
  '',
  "'; drop table cases; --",
  '<script>alert(1)</script>',
  '__proto__',
  'x'.repeat(70_000),
  'é'.repeat(400),
  'e\u0301'.repeat(200),
  new Verbatim('1e400'),
  new Verbatim('-1e400'),
  new Verbatim('123456789012345678901234567890'),
  new Verbatim('-0'),
  new Verbatim('1e-400'),
  new Verbatim('"\\u0000"'),
  Number.MAX_SAFE_INTEGER,
  0.1,
  -1,
  0,
  null,
  true,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  [null, 1, 'x', {}],
  nested(31, '[', ']'),
  nested(2000, '[', ']'),
  new Verbatim(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`),
  new Verbatim('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}'),
  { $ref: '#/' },
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '2026-03-29T25:00:00Z',
  'number:0',
  'number:999999999999999999',
  'number:12',
  'email:',
  'email:nobody@nowhere.example',
  'external:a:b',
  'phone:+1',
  'name:\u0000',
  'key:open',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
];

const hostileValue = fc.constantFrom(...HOSTILE_VALUES);
const unknownName = fc.constantFrom('colour', '__proto__', 'constructor', 'ID', 'version', '', 'a/b~c', '\u0000', 'id');

/** The body with one thing of it made wrong. */
export function spoiled(body: fc.Arbitrary<Template>): fc.Arbitrary<Template> {
  const way = fc.constantFrom('value', 'value', 'value', 'unknown', 'without', 'doubled', 'other');
  return fc.tuple(body, way, fc.nat(), hostileValue, unknownName).map(([template, how, pick, value, name]) => {
    if (how === 'other' || !isMembers(template)) {
      return value;
    }
    const names = Object.keys(template);
    const chosen = names[pick % Math.max(names.length, 1)];
    if (how === 'doubled') {
      return new Doubled(template, value);
    }
    if (how === 'unknown' || chosen === undefined) {
      return withMember(template, name, value);
    }
    return how === 'without'
      ? without(template, chosen)
      : withMember(template, chosen, inside(template[chosen], value));
  });
}

/** In a list or an object the value goes inside as often as it takes the place of the whole. */
function inside(template: Template | undefined, value: Template): Template {
  if (Array.isArray(template)) {
    return [...(template as readonly Template[]), value];
  }
  const [name] = template !== undefined && isMembers(template) ? Object.keys(template) : [];
  return name === undefined ? value : withMember(template as Record<string, Template>, name, value);
}

/** Not by assignment, because `__proto__` is a name like any other. */
function withMember(template: Readonly<Record<string, Template>>, name: string, value: Template): Template {
  return Object.fromEntries([...Object.entries(template).filter(([one]) => one !== name), [name, value]]);
}

function without(template: Readonly<Record<string, Template>>, name: string): Template {
  return Object.fromEntries(Object.entries(template).filter(([one]) => one !== name));
}

/** Bytes that are no body of anything here. */
export const HOSTILE_BODIES: readonly Buffer[] = [
  '',
  '{',
  '{"a":1}}',
  'null',
  '[]',
  '"x"',
  '7',
  '\ufeff{}',
  '{"a":1,"a":2}',
  "{'a':1}",
  '{"subject":"x",}',
  'NaN',
  '{} {}',
  '{"a":"\u0001"}',
  '['.repeat(5000),
  '{"a":'.repeat(40) + '1' + '}'.repeat(40),
  'a=1&b=2',
  `{"subject":"${'x'.repeat(1_100_000)}"}`,
]
  .map((text) => Buffer.from(text))
  .concat([Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), Buffer.from('{"a":"\xe9"}', 'latin1'), Buffer.alloc(64)]);

export const HOSTILE_TYPES: readonly (string | null)[] = [
  null,
  '',
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json;',
  'APPLICATION/JSON',
  'application/merge-patch+json',
  'application/json, text/html',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  ';;;',
];

/** Headers with values that cannot be read, or that mean something else than most of them. Latin-1, as HTTP carries them. */
export const HOSTILE_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'if-match': [
    '7',
    '"',
    '""',
    'W/"1"',
    '"1", "2"',
    '"1" "2"',
    '*, "1"',
    '"99999999999999999999"',
    '"é"',
    ',',
    '"-1"',
    '*',
  ],
  'if-none-match': ['*', 'W/"1"', '"', '"1", W/"2"', ',,,', '\xe9'],
  'idempotency-key': ['', '"', '"a', '"a"b', '"\\"', 'é', 'x'.repeat(256), 'x'.repeat(255), '"x";a=1', ' ', 'a,b'],
  'on-behalf-of': [
    '',
    'agent:',
    'agent:email:',
    'agent:x',
    'ana',
    'agent:email:nobody@nowhere.example',
    'agent:\xe9',
    'contact:1',
  ],
  authorization: ['', 'Bearer', 'Bearer ', 'Bearer x', 'Basic eDp5', 'Bearer cwk_0', 'bearer \xe9'],
  'content-encoding': ['gzip', 'identity', 'br, gzip'],
  'x-request-id': ['a b', 'x'.repeat(101), '\xe9', '<script>'],
  range: ['bytes=0-1', 'bytes=-1', 'bytes=5-2', 'items=1', 'bytes=0-1,3-4'],
  accept: ['text/html', '*/*;q=0', ''],
  'x-http-method-override': ['DELETE'],
};

/** Parts of a path, as they are written in it. */
export const HOSTILE_SEGMENTS: readonly string[] = [
  '%00',
  '%2F',
  '..%2f..%2f',
  '%2e%2e',
  '%E0%A4%A',
  '%ff',
  '%',
  'a%20b',
  '+',
  '*',
  "'",
  'x'.repeat(99),
  'x'.repeat(3000),
  'number:0',
  'number:1',
  'number:-1',
  'number:999999999999999999',
  `number:${'9'.repeat(30)}`,
  'number:1%00',
  'name:',
  'name:%00',
  'name:%F0%9F%98%80',
  'key:open',
  'key:%00',
  'email:nobody@nowhere.example',
  'null',
  'undefined',
  '__proto__',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
];

/** Values of a query, as they are written in it. */
export const HOSTILE_QUERIES: readonly string[] = [
  '',
  '%00',
  '%ED%A0%80',
  '%FF',
  '%',
  'a%0d%0ab',
  '-1',
  '0',
  '1e3',
  '101',
  '99999999999999999999',
  'x'.repeat(1001),
  'true,false',
  ',',
  'new,new',
  '%2C',
  '0000-01-01',
  '9999-12-31T23:59:59.999999999-23:59',
  '2026-03-29',
  '2026-02-30',
  'null',
  '%22',
  '%25',
  '_',
  'W10.AAAAAAAAAAAAAAAAAAAAAA',
];
