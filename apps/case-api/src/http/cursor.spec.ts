import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor, type CursorBinding } from './cursor.js';

const secret = Buffer.from('a secret for tests only');
const binding: CursorBinding = { accountId: 'a', list: 'cases', filter: { statuses: ['new'] } };

describe('a cursor', () => {
  it('gives back the position that it was written for', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 3 }), (position) => {
        expect(readCursor(secret, binding, writeCursor(secret, binding, position))).toEqual(position);
      }),
    );
  });

  it('is worth nothing anywhere else', () => {
    const cursor = writeCursor(secret, binding, ['7']);
    const elsewhere: readonly CursorBinding[] = [
      { ...binding, accountId: 'b' },
      { ...binding, list: 'events' },
      { ...binding, filter: { statuses: ['open'] } },
    ];
    expect(elsewhere.map((other) => readCursor(secret, other, cursor))).toEqual([null, null, null]);
    expect(readCursor(Buffer.from('another secret'), binding, cursor)).toBeNull();
  });

  it('does not survive a changed character, and no text breaks its reading', () => {
    const cursor = writeCursor(secret, binding, ['0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11']);
    fc.assert(
      fc.property(fc.nat(cursor.length - 2), fc.string(), (index, text) => {
        const changed = `${cursor.slice(0, index)}${cursor[index] === 'A' ? 'B' : 'A'}${cursor.slice(index + 1)}`;
        expect(readCursor(secret, binding, changed)).toBeNull();
        expect(readCursor(secret, binding, text)).toBeNull();
      }),
    );
  });
});
