import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hasTestDovecot } from '#libs/testing';
import {
  eventually,
  mailboxOf,
  mailBytes,
  startMailboxWorld,
  type MailboxUnderTest,
  type MailboxWorld,
} from './mailbox-world.js';
import type { RunningMailboxes } from '../../../apps/email/src/mailbox/run-mailboxes.js';

(hasTestDovecot() ? describe : describe.skip)('a mailbox on a real server', () => {
  let world: MailboxWorld;
  let mailbox: MailboxUnderTest;
  const running: RunningMailboxes[] = [];
  beforeAll(async () => {
    world = await startMailboxWorld();
  });
  afterEach(() => stopAll());
  afterAll(() => world.close());

  const use = (name: string) => (mailbox = mailboxOf(world, `${name}@acme.example`));
  const start: MailboxUnderTest['start'] = (options) => {
    const started = mailbox.start(options);
    running.push(started);
    return started;
  };
  const stopAll = async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
  };
  const idle = async () => (await mailbox.state())?.phase === 'idle';
  /** Says what the worker and the server know about it when it does not come to that: too few mails, or one twice. */
  const imported = async (...subjects: string[]) => {
    const missing = () => subjects.filter((subject) => !mailbox.subjects().includes(subject));
    await eventually(() => missing().length === 0).catch(async (error: unknown) => {
      const known = { published: mailbox.subjects(), state: await mailbox.state(), warnings: mailbox.warnings };
      const said = (await world.server.log()).split('\n').slice(-30).join('\n');
      throw new Error(`${missing().join(', ')} did not come: ${JSON.stringify(known)}\n${said}`, { cause: error });
    });
    expect(mailbox.subjects()).toEqual(subjects);
  };
  const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `mail ${from + at}`);

  it('imports what is there, in order and together, and hears of a new mail within a second, without a look of its own', async () => {
    use('first');
    await mailbox.drop(...numbered(1, 250));
    start({ times: { idle: 3_600_000 } });
    await eventually(idle);
    expect(mailbox.subjects().toSorted()).toEqual(numbered(1, 250).toSorted());
    expect(mailbox.publications).toEqual([200, 50]);
    expect(mailbox.published[0]).toMatchObject({ provider: 'imap', endpoint: { address: 'first@acme.example' } });
    const deliveredAt = performance.now();
    await world.server.deliver(mailbox.address, mailBytes('mail 251'));
    // The next look would come after a minute.
    await eventually(() => mailbox.published.length === 251, 45_000);
    expect(performance.now() - deliveredAt).toBeLessThan(1_000);
    await eventually(async () => (await mailbox.state())?.importedCount === 251);
    expect(await mailbox.state()).toMatchObject({ lastUid: 251, backlog: 0, lastError: null });
  });

  it('goes on where it stopped, whatever a person did with the flags', async () => {
    use('flags');
    await mailbox.drop('mail 1', 'mail 2');
    start();
    await eventually(idle);
    await stopAll();
    expect(await mailbox.state()).toMatchObject({ phase: 'stopped' });
    await mailbox.drop('mail 3');
    await mailbox.asPerson((client) => client.messageFlagsAdd('1:*', ['\\Seen', '\\Flagged'], { uid: true }));
    start();
    await eventually(() => mailbox.published.length === 3);
    expect(mailbox.subjects().toSorted()).toEqual(numbered(1, 3));
  });

  it('keeps the cursor before a mail that the log does not take, and comes back', async () => {
    use('refused');
    await world.server.deliver(mailbox.address, mailBytes('mail 1'));
    await world.server.deliver(mailbox.address, mailBytes('mail 2'));
    await world.server.deliver(mailbox.address, mailBytes('mail 3'));
    let isDown = true;
    mailbox.answer = (interactions) =>
      isDown && interactions.some(({ content }) => content.subject === 'mail 2')
        ? { outcome: 'unavailable', reason: 'no broker' }
        : { outcome: 'published' };
    start({ times: { firstPause: 1_500 } });
    let paused = await mailbox.state();
    await eventually(async () => (paused = await mailbox.state())?.phase === 'paused');
    expect(paused).toMatchObject({ lastUid: 1, lastSyncAt: null, consecutiveFailures: 1 });
    expect(paused?.lastError).toBe('the mail with UID 2 was not taken: no broker');
    isDown = false;
    await eventually(idle);
    expect(mailbox.subjects()).toEqual(numbered(1, 3));
    expect(await mailbox.state()).toMatchObject({ lastUid: 3, lastError: null, consecutiveFailures: 0 });
  });

  it('reads everything again under another UIDVALIDITY, even while it is connected', async () => {
    use('validity');
    await mailbox.drop('mail 1', 'mail 2');
    start();
    await eventually(idle);
    const before = (await mailbox.state())?.uidValidity;
    await world.server.resetUidValidity(mailbox.address);
    await mailbox.drop('mail 3');
    await eventually(async () => {
      const { uidValidity, lastUid } = (await mailbox.state()) ?? {};
      return uidValidity !== before && lastUid === 3;
    });
    await eventually(idle);
    expect(new Set(mailbox.published.map(({ id }) => id)).size).toBe(3);
    expect(mailbox.published).toHaveLength(5);
  });

  it('imports a mail that is gone before it is fetched not at all, and those around it', async () => {
    use('vanished');
    await mailbox.drop('mail 1', 'mail 2', 'mail 3');
    await mailbox.asPerson((client) => client.messageDelete('2', { uid: true }));
    start();
    await eventually(idle);
    expect(mailbox.published).toHaveLength(2);
    expect(await mailbox.state()).toMatchObject({ lastUid: 3 });
  });

  it('streams a mail that is too large for memory', async () => {
    use('large');
    await world.server.drop(mailbox.address, mailBytes('small'));
    await world.server.drop(mailbox.address, mailBytes('large', 'x'.repeat(76).concat('\r\n').repeat(80_000)));
    await world.server.drop(mailbox.address, mailBytes('after'));
    start();
    await eventually(idle);
    expect(mailbox.publications).toEqual([1, 1, 1]);
    const large = mailbox.published.find(({ content }) => content.subject === 'large');
    expect(large?.content.raw?.size).toBeGreaterThan(6_000_000);
  });

  it('marks and moves what is durable, and what an earlier process left unmarked', async () => {
    use('marks');
    await mailbox.drop('mail 1', 'mail 2');
    const afterImport = { seen: true, keyword: '$Imported', moveTo: 'Archive/Done' };
    let isFrozen = false;
    let thaw = () => {};
    start({
      imap: { afterImport },
      onStep: (step) =>
        step === 'marking'
          ? new Promise<void>((resolve) => {
              isFrozen = true;
              thaw = resolve;
            })
          : undefined,
    });
    await eventually(() => isFrozen);
    await world.database.pool.query(`update mailbox_state set owner = null where mailbox = 'marks@acme.example'`);
    start({ imap: { afterImport } });
    await eventually(async () =>
      mailbox.asPerson(async (client) => client.mailbox !== false && client.mailbox.exists === 0),
    );
    const flags = await mailbox.asPerson(async (client) => {
      const mails = await client.fetchAll('1:*', { flags: true });
      return mails.map((mail) => [...(mail.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted());
    }, 'Archive.Done');
    expect(flags).toEqual([
      ['$Imported', '\\Seen'],
      ['$Imported', '\\Seen'],
    ]);
    expect(mailbox.published).toHaveLength(2);
    thaw();
  });

  it('finds below the cursor what was never imported, and tells how much that was', async () => {
    use('gap');
    await mailbox.drop(...numbered(1, 5));
    start();
    await eventually(idle);
    await stopAll();
    mailbox.published.length = 0;
    await world.database.pool.query(`delete from mailbox_seen where mailbox = 'gap@acme.example' and uid in (2, 4)`);
    start({ times: { reconcile: 0 } });
    await eventually(async () => (await mailbox.state())?.reconciledMissing === 2);
    expect(mailbox.published).toHaveLength(2);
    expect(mailbox.warnings.join()).toContain('"missing":2');
    expect(await mailbox.state()).toMatchObject({ lastUid: 5 });
  });

  it('is worked on by one of two workers, and taken over when that one ends', async () => {
    use('two');
    await mailbox.drop(...numbered(1, 20));
    const first = start();
    start();
    await eventually(idle);
    await mailbox.drop('mail 21');
    await eventually(() => mailbox.published.length === 21);
    await first.stop();
    await mailbox.drop('mail 22');
    await eventually(() => mailbox.published.length === 22);
    expect(new Set(mailbox.published.map(({ id }) => id)).size).toBe(22);
  });

  it('comes back when its session is killed, and when the server is down for a while', async () => {
    use('killed');
    await mailbox.drop('mail 1');
    start();
    await eventually(idle);
    world.server.imapProcesses(mailbox.address).forEach((pid) => process.kill(pid, 'SIGKILL'));
    await mailbox.drop('mail 2');
    await imported('mail 1', 'mail 2');
    world.server.kill('SIGKILL');
    await eventually(async () => (await mailbox.state())?.phase === 'paused');
    await mailbox.drop('mail 3');
    await world.server.restart();
    await imported('mail 1', 'mail 2', 'mail 3');
  });

  it('finds out that the server does not answer any more', async () => {
    use('frozen');
    start({ times: { idle: 300, silence: 2_000 } });
    let session: number | undefined;
    await eventually(
      async () => (await idle()) && (session = world.server.imapProcesses(mailbox.address)[0]) !== undefined,
    );
    process.kill(Number(session), 'SIGSTOP');
    try {
      await mailbox.drop('mail 1');
      await eventually(() => mailbox.published.length === 1);
    } finally {
      process.kill(Number(session), 'SIGKILL');
    }
  });

  it('waits long after a refused login, and says what to do', async () => {
    use('password');
    start({ imap: { password: 'wrong' } });
    await eventually(async () => (await mailbox.state())?.phase === 'paused');
    const state = await mailbox.state();
    expect(state).toMatchObject({ consecutiveFailures: 1 });
    expect(state?.lastError).toMatch(/refuses the password of password@acme\.example/);
    expect(state?.lastError).not.toContain('wrong');
    await stopAll();
    expect((await mailbox.state())?.consecutiveFailures).toBe(1);
  });

  it('says when the folder does not exist', async () => {
    use('missing');
    start({ imap: { folder: 'Nowhere' } });
    await eventually(async () => ((await mailbox.state())?.lastError ?? '') !== '');
    expect((await mailbox.state())?.lastError).toBe(
      'missing@acme.example has no folder Nowhere: check folder below imap.',
    );
  });
});
