import { expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import type { ImapConfiguration } from '#libs/runtime';
import { checkMailboxFiles } from './check-files.js';

const imap = { caFile: null, oauth2: null } as unknown as ImapConfiguration;
const here = fileURLToPath(import.meta.url);

it('names every file that cannot be read, by its setting', () => {
  const missing = { ...imap, caFile: '/nowhere/ca.pem' };
  const account = { ...imap, oauth2: { provider: 'google', serviceAccountFile: '/nowhere/key.json' } as const };
  expect(() => checkMailboxFiles([{ imap: null }, { imap: missing }, { imap: account }])).toThrow(
    'mailboxes[1].imap.caFile: /nowhere/ca.pem cannot be read (ENOENT).\n' +
      'mailboxes[2].imap.oauth2.serviceAccountFile: /nowhere/key.json cannot be read (ENOENT).',
  );
  expect(() => checkMailboxFiles([{ imap: null }, { imap }, { imap: { ...imap, caFile: here } }])).not.toThrow();
});
