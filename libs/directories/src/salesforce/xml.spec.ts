import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { longId } from './salesforce-id.js';
import { readXml } from './xml.js';

const problemOf = (text: string): string | null => {
  const read = readXml(text);
  return read.ok ? null : read.problem;
};

describe('XML of messages', () => {
  it('is read with its names, texts, references and sections', () => {
    const read = readXml(
      `<?xml version="1.0"?>\n<!-- a --><s:a x='1 &lt; 2' s:y="b"><b>1 &amp; &#x41;&#66;</b><![CDATA[<c>&amp;]]><d/></s:a>\n`,
    );
    expect(read).toMatchObject({
      ok: true,
      root: {
        name: 'a',
        text: '<c>&amp;',
        children: [
          { name: 'b', text: '1 & AB' },
          { name: 'd', children: [] },
        ],
      },
    });
    expect(read.ok && [...read.root.attributes]).toEqual([
      ['x', '1 < 2'],
      ['s:y', 'b'],
    ]);
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity of outside', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['entities that grow', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'],
    ['an entity that nobody declared', '<a>&x;</a>'],
    ['a reference to no character', '<a>&#0;</a>'],
    ['a reference to half a letter', '<a>&#xD800;</a>'],
    ['a bare ampersand', '<a>b & c</a>'],
    ['an instruction', '<a><?php evil ?></a>'],
    ['a second declaration', '<a><?xml version="1.0"?></a>'],
    ['a control character', '<a>\u0001</a>'],
    ['what does not end', '<a><b></a>'],
    ['what ends too often', '<a/></a>'],
    ['two elements', '<a/><b/>'],
    ['text outside', '<a/>b'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute with an element', '<a b="<c/>"/>'],
    ['nothing', ''],
    ['a comment that does not end', '<a><!-- b</a>'],
    ['a section that does not end', '<a><![CDATA[b</a>'],
    ['41 levels', '<a>'.repeat(41) + '</a>'.repeat(41)],
    ['too many elements', `<a>${'<b/>'.repeat(20_001)}</a>`],
  ])('is not read: %s', (_, text) => {
    expect(problemOf(text)).not.toBeNull();
  });

  it('takes no time for what is made to take some', () => {
    const begun = performance.now();
    for (const hostile of [
      '<!--'.repeat(60_000),
      '<a '.repeat(60_000),
      `<a ${'b="c" '.repeat(40_000)}`,
      '&'.repeat(200_000),
    ]) {
      expect(problemOf(`<r>${hostile}`)).not.toBeNull();
    }
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('never throws', () => {
    const bits = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '&',
      ';',
      '!',
      '-',
      '[',
      ']',
      '"',
      "'",
      ' ',
      '=',
      '?',
      'CDATA',
      '#x41',
      'é',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (parts) => void readXml(parts.join(''))),
      { numRuns: 5_000 },
    );
  });
});

it('both lengths of an id of Salesforce are one', () => {
  expect(longId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
  expect(longId('001A0000006Vm9rIAC')).toBe('001A0000006Vm9rIAC');
  expect(longId('001A0000006Vm9')).toBeNull();
});
