import { describe, expect, it } from '@jest/globals';
import type { OpenFolder } from '../connection/open-folder.js';
import { listMails, uidsAbove } from './list-mails.js';

/** A server that answers as it is told. */
function folderOf(answers: { exists?: number; search?: unknown; rows?: readonly object[] }): OpenFolder {
  const client = {
    mailbox: { exists: answers.exists ?? 1 },
    search: async () => answers.search,
    async *fetch() {
      yield* answers.rows ?? [];
    },
  };
  return { client, run: (commands: (given: unknown) => unknown) => commands(client) } as unknown as OpenFolder;
}

describe('the mails above a cursor', () => {
  it('are those that the server names and that are really above it, ascending', async () => {
    expect(await uidsAbove(folderOf({ search: [9, 12, 10, 12] }), 9)).toEqual([10, 12]);
  });

  it('are none in an empty folder, and never none because the server refused', async () => {
    expect(await uidsAbove(folderOf({ exists: 0, search: false }), 0)).toEqual([]);
    await expect(uidsAbove(folderOf({ search: false }), 0)).rejects.toThrow('refuses to search');
  });
});

it('lists what was asked for, whatever else the server sends along', async () => {
  const at = new Date('2026-03-02T10:20:00Z');
  const rows = [
    { uid: 3, size: 30, internalDate: 'no date', threadId: '17' },
    { uid: 8, size: 80, internalDate: at },
    { uid: 2, size: 20, internalDate: at },
    { uid: 2, flags: new Set() },
  ];
  expect(await listMails(folderOf({ rows }), [2, 3, 4])).toEqual([
    { uid: 2, size: 20, arrivedAt: at, threadId: null },
    { uid: 3, size: 30, arrivedAt: null, threadId: '17' },
  ]);
});
