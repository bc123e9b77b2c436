import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTerminal, fitted, printable, printableJson, tableOf } from './terminal.js';

const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\r\nfine\u2066\u0000\u007f';
/** Whatever a terminal obeys instead of showing it. */
// eslint-disable-next-line no-control-regex
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('a terminal', () => {
  it('never gets a control character, whatever is written', () => {
    const written: string[] = [];
    const terminal = createTerminal({ write: (text) => written.push(String(text)) > 0 }, { write: () => true });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        terminal.line(text + hostile);
        terminal.json({ [text]: hostile });
        expect(written.splice(0).every((line) => !obeyed.test(line) && line.indexOf('\n') === line.length - 1)).toBe(
          true,
        );
      }),
    );
  });

  it('shows that something was there', () => {
    expect(printable('a\u001b[2Jb\tc')).toBe('a\ufffd[2Jb c');
  });

  it('JSON says the same after it was made harmless', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(printableJson({ text: text + hostile }))).toEqual({ text: text + hostile });
      }),
    );
  });

  it('cuts and aligns', () => {
    expect(fitted('abcdef', 4)).toBe('abc…');
    expect(
      tableOf([
        ['A', 'B'],
        ['long', 'x'],
      ]),
    ).toEqual(['A     B', 'long  x']);
  });
});
