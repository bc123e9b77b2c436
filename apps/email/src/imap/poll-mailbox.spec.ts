import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Checkpoints, PublishResult } from '#libs/channel-kit';
import type { Interaction } from '#libs/interaction';
import { memoryParts, sourceOfBytes } from '../parse/memory-parts.js';
import { parseMail } from '../parse/parse-mail.js';
import { startScriptedImapServer, type ScriptedImapServer } from '../testing/scripted-imap-server.js';
import { cursorFor } from './imap-cursor.js';
import { pollMailbox, type PollDependencies, type PolledMailbox } from './poll-mailbox.js';

let server: ScriptedImapServer;
let published: Interaction[];
let position: object | null;
let answer: (interaction: Interaction) => PublishResult;

beforeAll(async () => {
  server = await startScriptedImapServer();
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(server.folder, { uidValidity: 1, mails: [], moved: [] });
  published = [];
  position = null;
  answer = () => ({ outcome: 'published' });
});

const mail = (uid: number, text = `mail ${uid}`) => ({
  uid,
  bytes: Buffer.from(
    `From: a@customer.example\r\nMessage-ID: <${text.replace(' ', '-')}@x>\r\nSubject: ${text}\r\n\r\n${text}\r\n`,
  ),
  flags: [] as string[],
});

function poll(afterImport: object = {}) {
  const open = { tls: 'none', caFile: null, oauth2: null } as const;
  const imap = { ...open, host: '127.0.0.1', port: server.port, user: 'u', password: 'p', folder: 'INBOX' };
  const mailbox: PolledMailbox = {
    address: 'support@acme.example',
    trustedAuthservId: null,
    imap: { ...imap, pollSeconds: 60, afterImport },
  };
  const parts = memoryParts();
  const checkpoints: Checkpoints = {
    load: async () => position,
    save: async (_source, saved) => void (position = saved),
  };
  const dependencies: PollDependencies = {
    checkpoints,
    blobs: { put: async (content) => ({ ok: true, ...(await parts.put(Buffer.from(content as Uint8Array))) }) },
    parser: {
      parse: async (input) => parseMail(sourceOfBytes(Buffer.from('bytes' in input ? input.bytes : '')), parts),
    },
    publisher: {
      async publish(interactions) {
        const result = answer(interactions[0] as Interaction);
        published.push(...(result.outcome === 'published' ? interactions : []));
        return result;
      },
    },
    metrics: { received: () => undefined, parsed: () => undefined, recipientRefused: () => undefined },
    accountId: '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50',
    tokenSecret: 'a secret of the tests',
    maxMessageBytes: 1,
  };
  return pollMailbox(mailbox, dependencies);
}

const subjects = () => published.map(({ content }) => content.subject);

describe('a poll', () => {
  it('imports what is above the cursor, once, oldest first', async () => {
    server.folder.mails = [mail(3), mail(7)];
    expect(await poll()).toEqual({ outcome: 'complete', imported: 2 });
    expect(await poll()).toEqual({ outcome: 'complete', imported: 0 });
    server.folder.mails.push(mail(8));
    await poll();
    expect(subjects()).toEqual(['mail 3', 'mail 7', 'mail 8']);
    expect(position).toEqual({ uidValidity: '1', lastUid: 8 });
    expect(published[0]).toMatchObject({ provider: 'imap', occurredAt: '2026-03-02T10:20:00.000Z' });
  });

  it('keeps the cursor before a mail that the log did not take', async () => {
    server.folder.mails = [mail(1), mail(2), mail(3)];
    answer = ({ content }) =>
      content.subject === 'mail 2' ? { outcome: 'unavailable', reason: 'no broker' } : { outcome: 'published' };
    expect(await poll({ seen: true })).toEqual({ outcome: 'interrupted', imported: 1, reason: 'no broker' });
    expect(position).toEqual({ uidValidity: '1', lastUid: 1 });
    expect(server.folder.mails.map(({ flags }) => flags)).toEqual([['\\Seen'], [], []]);
    answer = () => ({ outcome: 'published' });
    await poll();
    expect(subjects()).toEqual(['mail 1', 'mail 2', 'mail 3']);
  });

  it('reads everything again after another UIDVALIDITY; the ids are the same', async () => {
    server.folder.mails = [mail(5, 'old one')];
    await poll();
    Object.assign(server.folder, { uidValidity: 2, mails: [mail(1, 'new one'), mail(2, 'old one')] });
    await poll();
    expect(subjects()).toEqual(['old one', 'new one', 'old one']);
    expect(published[2]?.id).toBe(published[0]?.id);
    expect(position).toEqual({ uidValidity: '2', lastUid: 2 });
  });

  it('moves what was imported, in one go', async () => {
    server.folder.mails = [mail(1), mail(2)];
    await poll({ moveTo: 'Processed' });
    expect(server.folder.moved).toEqual([1, 2]);
  });

  it('of an empty folder imports nothing', async () => {
    expect(await poll()).toEqual({ outcome: 'complete', imported: 0 });
  });
});

it.each([null, {}, { uidValidity: '9', lastUid: 5 }, { uidValidity: '1' }, { uidValidity: '1', lastUid: 'x' }])(
  'starts from the first mail when the stored cursor is %j',
  (stored) => {
    expect(cursorFor(stored, '1')).toEqual({ uidValidity: '1', lastUid: 0 });
  },
);
