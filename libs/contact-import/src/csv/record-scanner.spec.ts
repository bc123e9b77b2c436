import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { readCells } from './read-cells.js';
import { type CsvRecord, RecordScanner } from './record-scanner.js';

function scan(text: string, separator = ';', size = text.length): CsvRecord[] {
  const scanner = new RecordScanner(separator);
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += Math.max(size, 1)) {
    records.push(...scanner.push(text.slice(at, at + size), false));
  }
  return [...records, ...scanner.push('', true)];
}

const told = (records: readonly CsvRecord[]): string[] =>
  records.map(({ line, text, problem }) => `${line} ${problem ?? text}`);

describe('records of CSV', () => {
  it('end with any line end, and mixed ones, and keep those between quotes', () => {
    expect(told(scan('a;b\r\nc;"d\ne"\rf;g\n\n\nh'))).toEqual(['1 a;b', '2 c;"d\ne"', '4 f;g', '7 h']);
  });

  it('lose one row to a quote that is never closed, and not the rest of the file', () => {
    expect(told(scan('a;b\n"c;d\ne;f\ng;"h"\ni;j'))).toEqual(['1 a;b', '2 quote', '3 e;f', '4 g;"h"', '5 i;j']);
    expect(told(scan('a;b\n"c;d\ne;f\ng;h'))).toEqual(['1 a;b', '2 quote', '3 e;f', '4 g;h']);
  });

  it('lose one row to a quote that closes in the middle of a cell', () => {
    expect(told(scan('a;"b"c\nd;e'))).toEqual(['1 quote', '2 d;e']);
  });

  it('have a limit of 64 KiB, which is not cut at', () => {
    const long = 'x'.repeat(1_000_000);
    expect(told(scan(`a;b\n${long};c\r\nd;e\n"${long}\n";f\ng;h`, ';', 1000))).toEqual([
      '1 a;b',
      '2 too-long',
      '3 d;e',
      '4 too-long',
      '6 g;h',
    ]);
    expect(scan('é'.repeat(33_000))[0]?.problem).toBe('too-long');
    expect(scan('e'.repeat(65_536))[0]?.problem).toBeNull();
  });

  it('keep little of a file that is one quote and nothing more', () => {
    const scanner = new RecordScanner(',');
    const before = process.memoryUsage().heapUsed;
    const records = [scanner.push('a,"b\n', false)];
    for (let megabyte = 0; megabyte < 64; megabyte += 1) {
      records.push(scanner.push(`${'y'.repeat(1024 * 1024 - 1)}\n`, false));
    }
    expect(records.flat().filter(({ problem }) => problem === 'quote')).toHaveLength(1);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('are the same in whichever pieces the file comes', () => {
    const pieces = fc.array(fc.constantFrom('a', '"', '""', ';', '\r', '\n', '\r\n', ' ', 'é', '"b"', '"c\nd"'));
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (parts, size) => {
        const text = parts.join('');
        expect(scan(text, ';', size)).toEqual(scan(text));
      }),
      { numRuns: 500 },
    );
  });

  it('are the same in whichever pieces a quote comes that closes too late', () => {
    const half = 'x'.repeat(600_000);
    const text = `a;b\n"${half}\n${half}";c\nd;e`;
    expect(told(scan(text))).toEqual(['1 a;b', '2 quote', '3 too-long', '4 d;e']);
    expect(scan(text, ';', 65_536)).toEqual(scan(text));
  });

  it('are each one record for the library that reads their cells', () => {
    const blank = fc.constantFrom('', ' ', '\t', '\u00a0', '\u2003', '\u3000', '\ufeff', '\u0085', '\u000b');
    const part = fc.constantFrom('a', '"', '""', ';', '\r', '\n', '"b"', '"c\nd"', '"e""f;g"', "'", '\\');
    fc.assert(
      fc.property(fc.array(fc.oneof(part, blank)), fc.constantFrom(';', '\t', ','), (parts, separator) => {
        const sound = scan(parts.join(''), separator).filter(({ problem }) => problem === null);
        expect(
          readCells(
            sound.map(({ text }) => text),
            separator,
          ),
        ).toHaveLength(sound.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('bring back what was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', ',', '\n', '\r', ' ', '=') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 20 }), (rows) => {
        const written = rows
          .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))
          .join('\r\n');
        const read = readCells(
          scan(written, ';', 5).map(({ text }) => text),
          ';',
        );
        expect(read).toEqual(rows);
      }),
    );
  });
});
