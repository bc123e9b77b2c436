import { describe, expect, it } from '@jest/globals';
import { createLogger } from '#libs/runtime';
import type { Pool } from 'pg';
import { ClientUses } from './client-uses.js';

const NOW = Date.parse('2026-03-01T09:00:00.000Z');
const client = { accountId: 'a', clientId: 'c', lastUsedAt: null };

function usesWith(query: () => Promise<unknown>) {
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', name: 'test' }, { write: (line) => void lines.push(line) });
  return { uses: new ClientUses({ query } as unknown as Pool, logger), lines };
}

describe('uses of API clients', () => {
  it('are noted once a minute for each client, and not when another process just did', () => {
    let notes = 0;
    const { uses } = usesWith(async () => (notes += 1));
    const notesAfter = (...[one, now]: Parameters<ClientUses['note']>): number => {
      uses.note(one, now);
      return notes;
    };
    expect(notesAfter(client, NOW)).toBe(1);
    expect(notesAfter(client, NOW + 59_999)).toBe(1);
    expect(notesAfter({ ...client, clientId: 'd' }, NOW + 59_999)).toBe(2);
    expect(notesAfter({ ...client, lastUsedAt: new Date(NOW + 30_000) }, NOW + 60_000)).toBe(2);
    expect(notesAfter(client, NOW + 60_000)).toBe(3);
  });

  it('that cannot be noted harm nobody', async () => {
    const { uses, lines } = usesWith(() => Promise.reject(new Error('the database is away')));
    expect(uses.note(client, NOW)).toBeUndefined();
    await new Promise(setImmediate);
    expect(lines.join('')).toContain('the database is away');
  });
});
