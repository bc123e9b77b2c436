import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tracesOf, withoutTraces } from './traces.js';

const MARIA = { names: ['María Silva'], emails: ['maria@loja.example'], phones: ['+351910000001'], keys: ['crm-100'] };
const { unique, all } = tracesOf(MARIA);
const left = (text: string): string => withoutTraces(text, all, '#');

describe('what a person is known by is found', () => {
  it.each([
    ['maria@loja.example', '#'],
    ['<MARIA@Loja.Example>', '<#>'],
    ['mailto:maria%40loja.example?x', 'mailto:#?x'],
    ['mailto%3Amaria%40loja%2eexample', 'mailto%3A#'],
    ['to=3Dmaria=40loja.example', 'to=3D#'],
    ['{"a":"x\\nmaria@loja.example"}', '{"a":"x\\n#"}'],
    ['María Silva', '#'],
    ['maría\n  silva', '#'],
    ['María Silva'.normalize('NFD'), '#'],
    ['=?utf-8?Q?Mar=C3=ADa_Silva?=', '=?utf-8?Q?#?='],
    ['Mar%C3%ADa+Silva', '#'],
    ['Mar%EDa%20Silva', '#'],
    ['Mar\\u00eda Silva', '#'],
    ['Mar&#237;a&nbsp;Silva', '#'],
    ['+351910000001', '+#'],
    ['00351 910 000 001', '#'],
    ['0910000001', '#'],
    ['(+351) 910-000-001.', '(+#.'],
    ['call 910 000 001 now', 'call # now'],
    ['tel=2B351910000001', 'tel=2B#'],
    ['%2B351910000001', '%2B#'],
    ['crm-100', '#'],
  ])('%s', (text, expected) => {
    expect(left(text)).toBe(expected);
  });

  it.each([0, 1, 2])('in Base64 wherever its bytes begin (%i)', (before) => {
    for (const one of ['María Silva', 'maria@loja.example', '+351910000001', '351910000001']) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        const bytes = Buffer.concat([Buffer.alloc(before, 7), Buffer.from(one, encoding), Buffer.from('zz')]);
        expect([one, encoding, left(bytes.toString('base64'))]).not.toContain(bytes.toString('base64'));
      }
    }
  });

  it('whatever stands around it that is no letter and no digit', () => {
    const around = fc.stringMatching(/^[ <>"'(),;:\n\t[\]{}!?]*$/);
    const one = fc.constantFrom('maria@loja.example', 'María Silva', '351910000001', 'crm-100');
    fc.assert(fc.property(around, one, around, (before, text, after) => !left(before + text + after).includes(text)));
  });
});

describe('nobody else is found', () => {
  it.each([
    'joanamaria@loja.example',
    'maria@loja.examples',
    '+3519100000012',
    '1351910000001',
    'María',
    'Ana María Silvasantos',
    'crm-1001',
    'xcrm-100',
  ])('%s', (text) => {
    expect(left(text)).toBe(text);
  });

  it('by her name where it is not known to be about her', () => {
    expect(withoutTraces('María Silva, maria@loja.example', unique, '#')).toBe('María Silva, #');
  });

  it('by a name of one word, a short number, or nothing at all', () => {
    expect(tracesOf({ names: ['Ana'], emails: [], phones: ['201'], keys: [] })).toMatchObject({
      unique: null,
      all: null,
    });
    expect(withoutTraces('Ana 201', null, '#')).toBe('Ana 201');
  });
});

it('takes time that grows with the text alone', () => {
  const hostile = ['9'.repeat(200_000), '351'.repeat(60_000), 'María '.repeat(30_000), '9 1 0 '.repeat(40_000)];
  const started = performance.now();
  hostile.forEach(left);
  expect(performance.now() - started).toBeLessThan(2_000);
});

describe('a text that was made to hold the search up', () => {
  it.each(['\u00a0', ' ', '%20', '\\u00a0', '()'])('is read at once: %j between digits', (between) => {
    const startedAt = performance.now();
    left(`9${between.repeat(28)}${'x'.repeat(60)}`);
    expect(performance.now() - startedAt).toBeLessThan(250);
  });
});
