import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hasTestDovecot } from '#libs/testing';
import type { RunningMailboxes } from '../../../apps/email/src/mailbox/run-mailboxes.js';
import { eventually, mailboxOf, mailBytes, startMailboxWorld, type MailboxWorld } from './mailbox-world.js';
import { startScriptedImap, type ScriptedFolder } from './scripted-imap.js';

(hasTestDovecot() ? describe : describe.skip)('a folder that is another one by now', () => {
  let world: MailboxWorld;
  let running: RunningMailboxes;
  beforeAll(async () => {
    world = await startMailboxWorld();
  });
  afterEach(() => running.stop());
  afterAll(() => world.close());

  it('is read anew when a person deletes it and makes one of the same name', async () => {
    const mailbox = mailboxOf(world, 'recreated@acme.example');
    await mailbox.asPerson(async (person) => {
      await person.mailboxCreate('Support');
      await person.append('Support', mailBytes('mail 1'));
      await person.append('Support', mailBytes('mail 2'));
    });
    // The server tells an idling session nothing; it throws it out at its next command.
    running = mailbox.start({ imap: { folder: 'Support', pollSeconds: 1 }, times: { reopen: 0 } });
    await eventually(() => mailbox.published.length === 2);
    await mailbox.asPerson(async (person) => {
      await person.mailboxDelete('Support');
      await person.mailboxCreate('Support');
      await person.append('Support', mailBytes('mail 3'));
    });
    await eventually(() => mailbox.published.length === 3);
    expect(mailbox.subjects()).toEqual(['mail 1', 'mail 2', 'mail 3']);
  });

  it('is read anew although the server keeps the session in the old one and says nothing', async () => {
    const server = await startScriptedImap();
    const folderOf = (uidValidity: number, ...subjects: string[]): ScriptedFolder => ({
      uidValidity,
      mails: new Map(subjects.map((subject, index) => [index + 1, mailBytes(subject)])),
    });
    server.folders.set('INBOX', folderOf(7, 'mail 1', 'mail 2', 'mail 3'));
    const mailbox = mailboxOf(world, 'left-behind@acme.example');
    running = mailbox.start({ imap: { port: server.port, pollSeconds: 1 }, times: { reopen: 0 } });
    await eventually(() => mailbox.published.length === 3);
    server.folders.set('INBOX', folderOf(8, 'mail 4'));
    await eventually(() => mailbox.published.length === 4);
    expect(mailbox.subjects().at(-1)).toBe('mail 4');
    const adopted = async () => (await mailbox.state())?.uidValidity === '8';
    await eventually(adopted);
    expect(mailbox.warnings.join()).toContain('INBOX is another folder than before, or was numbered anew');
    await running.stop();
    await server.stop();
  });
});
